#!/usr/bin/env python3
"""Checks that our C++ files include only what arrows.txt allows.

All headers of the repository and of Debian's libraries lie within reach of every compiler call, so
linking cannot hold the layers apart; this check does.
"""

import argparse
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

SCANNED = ("common", "services", "simulator", "cli", "roads")
ROOTS = SCANNED + ("tests", "tools", "k8s")
SOURCE_SUFFIXES = (".h", ".cpp")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)
# A comment, or a literal: whichever begins first swallows the other.
LEXEME = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<raw>R"(?P<delimiter>[^()\\\s]{0,16})\(.*?\)(?P=delimiter)")"""
    r"""|(?P<string>"(?:\\.|[^"\\\n])*")"""
    r"""|(?P<char>(?<![0-9A-Za-z_])'(?:\\.|[^'\\\n])+')""",
    re.DOTALL | re.VERBOSE,
)


class RuleError(Exception):
    """A line of the rules file that cannot be understood."""


@dataclass
class Folder:
    patterns: list
    may: list = field(default_factory=list)
    instead: str = "move the code to a folder that may, or pass in what it needs"


@dataclass
class Restriction:
    """A library (prefixes of include paths) or a name (a regular expression), and where it may stand."""

    prefixes: list
    regex: object
    only: list = field(default_factory=list)
    never: list = field(default_factory=list)
    instead: str = "keep it in the folders that may"

    def allows(self, path):
        if any(match(pattern, path) is not None for pattern in self.never):
            return False
        return not self.only or any(match(pattern, path) is not None for pattern in self.only)

    def where(self):
        if self.never:
            return "never in " + " ".join(self.never)
        return "only in " + " ".join(self.only)


@dataclass
class Violation:
    path: str
    line: int
    what: str
    rule: str
    instead: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.what}\n    rule: {self.rule}\n    do:   {self.instead}"


@dataclass
class Rules:
    folders: list = field(default_factory=list)
    libraries: list = field(default_factory=list)
    names: list = field(default_factory=list)


def parse_rules(text):
    rules = Rules()
    block = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        key, _, rest = line.partition(" ")
        rest = rest.strip()
        if not rest:
            raise RuleError(f"line {number}: {key} without a value")
        if key == "folder":
            block = Folder(rest.split())
            rules.folders.append(block)
        elif key == "library":
            block = Restriction(rest.split(), None)
            rules.libraries.append(block)
        elif key == "name":
            block = Restriction([], re.compile(rest))
            rules.names.append(block)
        elif block is None or not hasattr(block, key):
            raise RuleError(f"line {number}: `{key}` does not belong here")
        elif key == "instead":
            block.instead = rest
        else:
            getattr(block, key).extend(rest.split())
    return rules


def match(pattern, path):
    """How the folder pattern fits the file: None, or (length, what `*` stands for)."""
    parts = pattern.split("/")
    directories = path.split("/")[:-1]
    direct = parts[-1] == "."
    if direct:
        parts = parts[:-1]
    if len(directories) < len(parts) or (direct and len(directories) != len(parts)):
        return None
    star = ""
    for part, directory in zip(parts, directories):
        if part == "*":
            star = directory
        elif part != directory:
            return None
    return (len(parts) + direct, star)


def folder_of(rules, path):
    """The folder rule of a file, the pattern that fitted, and the name of its `*`."""
    best = None
    for folder in rules.folders:
        for pattern in folder.patterns:
            fit = match(pattern, path)
            if fit is not None and (best is None or fit[0] > best[0]):
                best = (fit[0], folder, pattern.replace("*", fit[1]), fit[1])
    return best[1:] if best else None


def generated_kind(include):
    if include.endswith(".grpc.pb.h"):
        return "stubs"
    return "storage" if include.startswith("liandong/storage/") else "api"


def covers(target, include):
    """Whether a `may` entry covers an include."""
    if include.startswith("liandong/"):
        return target == generated_kind(include)
    return match(target, include) is not None


def without_comments(text):
    def blank(token):
        return "\n" * token.group().count("\n") + " " if token.group("comment") else token.group()

    return LEXEME.sub(blank, text)


def without_literals(text):
    # A library's header in <> stays, so its name counts; that of our own files, in quotes, does not.
    return LEXEME.sub(lambda token: "\n" * token.group().count("\n") + " ", text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def own_include_violation(rules, path, line, include, quoted):
    owner, folder, star = folder_of(rules, path)
    direct = folder.endswith("/.")
    if match(folder, include) is not None or (direct and covers(folder[:-2] + "/.", include)):
        return None
    may = [target.replace("=", star) for target in owner.may]
    if any(covers(target, include) for target in may):
        return None
    written = f'"{include}"' if quoted else f"<{include}>"
    return Violation(
        path,
        line,
        f"{folder} may not include {written}",
        f"{folder} -> {' '.join(may) or 'nothing'}",
        owner.instead,
    )


def check_include(rules, path, line, include, quoted):
    for library in rules.libraries:
        if any(include.startswith(prefix) for prefix in library.prefixes) and not library.allows(path):
            return Violation(
                path,
                line,
                f"<{include}> may not be included here",
                f"{' '.join(library.prefixes)} {library.where()}",
                library.instead,
            )
    if include.split("/")[0] in ROOTS + ("liandong",) and "/" in include:
        return own_include_violation(rules, path, line, include, quoted)
    if quoted and not any(include.startswith(prefix) for rule in rules.libraries for prefix in rule.prefixes):
        return Violation(
            path,
            line,
            f'"{include}" is neither ours nor a library in <>',
            "our files are included by their path from the repository root, all others in <>",
            f'write "folder/{include.lstrip("./")}", or <{include}> for a library',
        )
    return None


def check_file(rules, path, text):
    """All violations of one file; `path` is relative to the repository root."""
    if folder_of(rules, path) is None:
        return [
            Violation(path, 1, "no rule covers this folder", "every folder has a rule",
                      "add it to tests/arrows/arrows.txt, and to the layers in ARCHITECTURE.md")
        ]
    found = []
    code = without_comments(text)
    for token in INCLUDE.finditer(code):
        include = token.group(1) or token.group(2)
        line = line_of(code, token.start(1) if token.group(1) else token.start(2))
        violation = check_include(rules, path, line, include, token.group(1) is not None)
        if violation:
            found.append(violation)
    code = without_literals(code)
    for name in rules.names:
        if name.allows(path):
            continue
        for token in name.regex.finditer(code):
            found.append(
                Violation(path, line_of(code, token.start()), f"{token.group()} may not be used here",
                          f"{name.regex.pattern} {name.where()}", name.instead)
            )
    return sorted(found, key=lambda violation: violation.line)


def source_files(root):
    for folder in SCANNED:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SOURCE_SUFFIXES and path.is_file():
                yield path


def check_tree(rules, root):
    """The number of files seen, and all violations."""
    count = 0
    violations = []
    for path in source_files(root):
        count += 1
        text = path.read_text(encoding="utf-8", errors="replace")
        violations.extend(check_file(rules, path.relative_to(root).as_posix(), text))
    return count, violations


def main(arguments=None):
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=here.parent.parent)
    parser.add_argument("--rules", type=Path, default=here / "arrows.txt")
    options = parser.parse_args(arguments)
    try:
        rules = parse_rules(options.rules.read_text(encoding="utf-8"))
    except RuleError as error:
        print(f"{options.rules}: {error}", file=sys.stderr)
        return 2
    count, violations = check_tree(rules, options.root)
    for violation in violations:
        print(violation)
    print(f"include arrows: {count} files, {len(violations)} violations")
    if count == 0:
        print(f"no source file below {options.root}: this check has checked nothing", file=sys.stderr)
        return 2
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
