"""Compares two builds of the package, file by file, and fails when they differ. Run by .github/reproduce.

Quarkus numbers what its build steps record, and orders some lists, as its threads happen to run. So of the classes that it generates for this,
only the constants are compared, without their order and these numbers. "Build it again" in RELEASING.md says more.
"""

import re
import struct
import sys
import zipfile
from pathlib import Path

GENERATED = "quarkus/generated-bytecode.jar"
NUMBERED = re.compile(r"io/quarkus/runner/recorded/.*|io/quarkus/runtime/generated/.*|.*_Synthetic_Bean\.class")
NUMBER = re.compile(rb"(proxykey|configClass\$)\d+")
# Of the entries of a class file's constants, by their tags (chapter 4.4 of the JVM specification).
SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
TEXT, LONG, DOUBLE = 1, 5, 6


def files(folder):
    return {str(path.relative_to(folder)): path for path in Path(folder).rglob("*") if path.is_file()}


def texts(code):
    """The text constants of a class, in order of the alphabet and without numbers that a build gives."""
    count, = struct.unpack_from(">H", code, 8)
    found, at, index = [], 10, 1
    while index < count:
        tag = code[at]
        if tag == TEXT:
            length, = struct.unpack_from(">H", code, at + 1)
            found.append(NUMBER.sub(rb"\1", code[at + 3:at + 3 + length]))
            at += 3 + length
        else:
            at += 1 + SIZES[tag]
        index += 2 if tag in (LONG, DOUBLE) else 1
    return sorted(found)


def compare_generated(first, second):
    """Returns what differs, and the classes that differ in numbers and order only."""
    for what in ("filename", "date_time"):
        if [getattr(entry, what) for entry in first.infolist()] != [getattr(entry, what) for entry in second.infolist()]:
            return [f"its entries differ in {what}"], []
    differ, renumbered = [], []
    for name in first.namelist():
        one, other = first.read(name), second.read(name)
        if one != other and NUMBERED.fullmatch(name) and texts(one) == texts(other):
            renumbered.append(name)
        elif one != other:
            differ.append(name)
    return differ, renumbered


def compare(first, second):
    one, other = files(first), files(second)
    differ = [f"only in one build: {name}" for name in sorted(set(one) ^ set(other))]
    differ += [name for name in sorted(set(one) & set(other) - {GENERATED}) if one[name].read_bytes() != other[name].read_bytes()]
    inside, renumbered = compare_generated(zipfile.ZipFile(one[GENERATED]), zipfile.ZipFile(other[GENERATED]))
    return differ + [f"{GENERATED}: {each}" for each in inside], renumbered, len(one)


differences, renumbered, count = compare(*sys.argv[1:3])
if differences:
    sys.exit("Two builds differ:\n" + "\n".join(differences))
print(f"Two builds have the same {count} files." if not renumbered else
      f"Two builds have the same {count - 1} files, and {len(renumbered)} classes in {GENERATED} that Quarkus has numbered in another order.")
