"""`make sbom`: the bill of materials has CycloneDX's shape, names every library that is loaded with the binary and
every library of headers that is compiled in, and its digests are those of the files."""
import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

HEADERS_ONLY = ("libcli11-dev", "libtomlplusplus-dev", "libxxhash-dev", "libfmt-dev")
LICENCE_IDS = {"Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause"}
LICENCE_IDS |= {"LGPL-2.1-or-later", "LGPL-3.0-or-later", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-or-later"}
LICENCE_IDS |= {"GCC-exception-3.1", "Linux-syscall-note", "Zlib", "EPL-1.0"}


def printed(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def ids(licence):
    """The words of SPDX in one entry of `licenses`; none where it has a name only."""
    if "expression" in licence:
        return set(re.findall(r"[^\s()]+", licence["expression"])) - {"AND", "OR", "WITH"}
    return {licence["license"]["id"]} if "id" in licence["license"] else set()


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


class Bill(harness.Case):
    def bill(self, name):
        words = [harness.ROOT / "scripts" / "sbom", harness.ICOSA, self.folder / name]
        done = subprocess.run(words, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return (self.folder / name).read_text(encoding="utf-8")

    def test_bill(self):
        text = self.bill("one.json")
        self.assertEqual(text, self.bill("two.json"), "the same binary gives the same bytes")
        self.assertNotRegex(text, r"https?://", "no addresses")
        bill = json.loads(text)
        self.assertEqual((bill["bomFormat"], bill["specVersion"], bill["version"]), ("CycloneDX", "1.5", 1))
        self.assertRegex(bill["serialNumber"], r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        if "timestamp" in bill["metadata"]:  # only in a repository: it is the commit's
            self.assertRegex(bill["metadata"]["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        icosa = bill["metadata"]["component"]

        with self.subTest("every part says what it is, in CycloneDX's words"):
            for part in (icosa, *bill["components"]):
                self.assertIn(part["type"], ("application", "library"))
                for field in ("name", "version", "licenses", "purl", "bom-ref"):
                    self.assertTrue(part[field], f"{part['name']} has no {field}")
                self.assertRegex(part["purl"], r"^pkg:(generic|deb|npm)/[\w%.~/-]+@[\w%.~-]+(\?[\w=&.-]+)?$")
                for one in part["licenses"]:
                    self.assertLessEqual(ids(one), LICENCE_IDS, part["name"])
            for part in bill["components"]:
                self.assertIn("icosa:how", [one["name"] for one in part["properties"]], part["name"])

        with self.subTest("references are unique and lead somewhere"):
            refs = [part["bom-ref"] for part in (icosa, *bill["components"])]
            files = [one for part in bill["components"] for one in part.get("components", [])]
            self.assertEqual(len(set(refs) | {one["bom-ref"] for one in files}), len(refs) + len(files))
            graph = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
            self.assertEqual(set(graph), set(refs))
            for ref, needs in graph.items():
                self.assertLessEqual(set(needs), set(refs), ref)
            reached, front = set(), ["icosa"]
            while front:
                reached.add(ref := front.pop())
                front += set(graph[ref]) - reached
            self.assertEqual(reached, set(refs), "every part is there because something needs it")

        with self.subTest("every library that is loaded is there, with its digest"):
            needed = re.findall(r"\(NEEDED\).*\[(.+)\]", printed("readelf", "-d", harness.ICOSA))
            loaded = dict(re.findall(r"(\S+) => (/\S.*) \(0x", printed("ldd", harness.ICOSA)))
            self.assertLessEqual({"libduckdb.so"}, set(needed))
            self.assertLessEqual(set(needed), set(loaded))
            digests = {one["name"]: one["hashes"][0]["content"] for one in files}
            for part in bill["components"]:
                if "hashes" in part:
                    digests[f"{part['name']}.so"] = part["hashes"][0]["content"]
            for name, path in loaded.items():
                self.assertEqual(digests.get(name), sha256(path), name)
            self.assertEqual(icosa["hashes"][0]["content"], sha256(harness.ICOSA))

        with self.subTest("so are the libraries of headers"):
            names = {part["name"] for part in bill["components"]}
            for name in HEADERS_ONLY:
                self.assertIn(name, names)

        with self.subTest("DuckDB is the one that setup pins"):
            if pathlib.Path(loaded["libduckdb.so"]).resolve().is_relative_to(harness.ROOT):
                self.assertIn(digests["libduckdb.so"], (harness.ROOT / "scripts" / "setup").read_text(encoding="utf-8"))


if __name__ == "__main__":
    missing = [tool for tool in ("dpkg-query", "ninja", "readelf", "ldd") if not shutil.which(tool)]
    if missing:
        print(f"SKIPPED: no {', '.join(missing)} here")
        sys.exit(harness.SKIPPED)
    harness.main()
