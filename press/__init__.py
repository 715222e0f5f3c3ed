"""What checks, builds and publishes the book.

jsonschema, which everything that reads a notebook loads, compiles dozens of grammars when it finds
`rfc3987_syntax`: over a second in every process, to check addresses that no notebook declares. It is not let in.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)
