"""Made sets and printed numbers for property tests."""

from fractions import Fraction

from hypothesis import strategies as st

from asprinted.sets import INF, RealSet, between

ENDS = ("[]", "[)", "(]", "()")

fractions = st.fractions(min_value=-50, max_value=50, max_denominator=12)
positive = st.fractions(min_value=Fraction(1, 12), max_value=50, max_denominator=12)


@st.composite
def intervals(draw, numbers=fractions, bounded=False):
    """A nonempty set of one interval, now and then a point, now and then unbounded above."""
    lo, hi = sorted((draw(numbers), draw(numbers)))
    if lo == hi:
        return between(lo, hi)
    if not bounded and draw(st.integers(0, 9)) == 0:
        hi = INF
    return between(lo, hi, draw(st.sampled_from(ENDS)))


@st.composite
def sets(draw, numbers=fractions):
    """A union of up to three intervals."""
    parts = [part for _ in range(draw(st.integers(1, 3))) for part in draw(intervals(numbers)).parts]
    return RealSet(parts)


def inside(found: RealSet, weight: Fraction) -> Fraction:
    """A number of a set: the one that lies at a weight strictly between 0 and 1 of its last interval."""
    part = found.parts[-1]
    hi = part.lo + 60 if part.hi == INF else part.hi
    return part.lo if part.lo == hi else part.lo + weight * (hi - part.lo)


weights = st.fractions(min_value=Fraction(1, 20), max_value=Fraction(19, 20), max_denominator=20)

digits = st.one_of(
    st.integers(1, 9999).map(str),
    st.tuples(st.integers(0, 999), st.integers(0, 99))
    .map(lambda p: f"{p[0]}.{p[1]:02d}")
    .filter(lambda t: float(t) > 0),
)
