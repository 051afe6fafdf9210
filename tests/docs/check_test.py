"""docs/check.md names the troubles, the mutants and the tie order that the code has, no more and no fewer."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs/check.md").read_text(encoding="utf-8")


def names_in_code(header, array):
    text = (ROOT / "simulator/check" / header).read_text(encoding="utf-8")
    return re.findall(r'"([a-z-]+)"', re.search(array + r" = \{([^}]*)\}", text).group(1))


def rows(heading):
    """First cells of the table behind the heading."""
    return re.findall(r"^\| `([a-z-]+)` \|", DOC.split("\n## " + heading)[1].split("\n## ")[0], re.MULTILINE)


def words(text):
    return " ".join(re.sub(r"^\s*///", "", text, flags=re.MULTILINE).split()).lower()


class CheckDoc(unittest.TestCase):
    def test_it_lists_every_trouble_in_order(self):
        self.assertEqual(rows("What a check does"), names_in_code("trouble.h", "kTroubleNames"))

    def test_it_lists_every_mutant_in_order(self):
        mutants = names_in_code("mutant.h", "kMutantNames")[1:]
        self.assertEqual(rows("Mutants"), mutants)
        self.assertIn(f"plants each of {len(mutants)} mistakes", words(DOC))

    def test_it_states_the_tie_order_of_the_time_line(self):
        contract = words((ROOT / "simulator/virtual/timeline.h").read_text(encoding="utf-8"))
        tie = "equal times fire in the order in which they were set, whichever process set them"
        self.assertIn(tie, contract, "tests/sim/timeline_test.cpp holds the code to it")
        self.assertIn(tie, words(DOC))


if __name__ == "__main__":
    unittest.main()
