"""`python -m tui` is `pantau`."""

import sys

from tui.main import main

sys.exit(main())
