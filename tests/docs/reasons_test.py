"""Every error reason in the code stands in docs/errors.md, and every one listed there is in the code."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("common", "services", "roads")
REASON = r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"'
# Words of this form that are no reasons.
OTHERS = {"GRPC_VERBOSITY", "ORDER_SENT"}
# Names of enumeration values.
NAMES = re.compile(r"k\w*Names\[\] = \{[^}]*\}")

# Names of codes, not reasons.
CODES = ROOT / "common/base/error.cpp"


def reasons_in_code():
    found = {}
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.cpp")):
            if path == CODES:
                continue
            text = path.read_text(encoding="utf-8")
            for reason in re.findall(REASON, NAMES.sub("", text)):
                if reason not in OTHERS:
                    found.setdefault(reason, path.relative_to(ROOT))
    return found


def reasons_in_doc():
    text = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| `([A-Z0-9_]+)`", text, re.MULTILINE))


class Reasons(unittest.TestCase):
    def test_every_reason_in_the_code_is_documented(self):
        documented = reasons_in_doc()
        missing = {reason: str(path) for reason, path in reasons_in_code().items() if reason not in documented}
        self.assertEqual(missing, {}, "add these to docs/errors.md")

    def test_every_documented_reason_is_in_the_code(self):
        sources = "".join(path.read_text(encoding="utf-8") for folder in FOLDERS
                          for path in (ROOT / folder).rglob("*") if path.suffix in (".h", ".cpp"))
        stale = [reason for reason in sorted(reasons_in_doc()) if reason not in sources]
        # NOT_FOUND reasons are made of the kind: "<KIND>_UNKNOWN".
        stale = [reason for reason in stale if not reason.endswith("_UNKNOWN")]
        self.assertEqual(stale, [], "docs/errors.md lists what no code gives")


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        for reason, path in sorted(reasons_in_code().items()):
            print(reason, path)
    else:
        unittest.main()
