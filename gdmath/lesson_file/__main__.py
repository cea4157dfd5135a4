"""Write the JSON Schema: `python -m gdmath.lesson_file > docs/lesson.schema.json`."""

import sys

from gdmath.lesson_file.schema import schema_text

sys.stdout.write(schema_text())
