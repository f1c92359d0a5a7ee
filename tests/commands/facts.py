"""icosa instruments, icosa facts, icosa check --facts: what is in force or lacking, who may be called missing,
what must be looked up, what is entered, and contradictions by file and line. No absence is told past the day to
which it is known."""
import json
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

TABLE = """Participant,Signature,"Ratification, Acceptance(A), Approval(AA), Accession(a)"
Mali,03 Dec 1997,02 Jun 1998
Niger,04 Dec 1997,23 Mar 1999
Chad,06 Jul 1998,06 May 1999
"""


class Facts(harness.Case):
    def own(self, *words, code=0):
        return self.icosa(*words, code=code, env={"XDG_DATA_HOME": str(self.folder / "xdg")})

    def packs(self):
        """A copy of the packs that may be changed."""
        if not (self.folder / "p").exists():
            shutil.copytree(harness.ROOT / "packs", self.folder / "p" / "packs")
            shutil.copy(harness.ROOT / "references.toml", self.folder / "p" / "references.toml")
        return self.folder / "p" / "packs"

    def test_in_force_ended_or_lacking(self):
        as_of = ("--as-of", "2026-11-29")
        self.assertIn("in force since 1999-03-01", self.own("instruments", "mine-ban", *as_of).out)
        ended = self.own("instruments", "new-start", *as_of).out
        self.assertIn("expired on 2026-02-05, in force from 2011-02-05", ended)
        self.assertIn("in force since 2011-02-05", self.own("instruments", "new-start", "--as-of", "2020-01-01").out)
        ban = self.own("instruments", "ctbt", *as_of).out
        self.assertIn("not in force", ban)
        self.assertRegex(ban, r"must join; it lacks China.*India.*Pakistan")
        told = json.loads(self.own("instruments", "ctbt", *as_of, "--json").out)
        self.assertEqual((told["id"], told["parties_known"], told["in_force"]), ("ctbt", False, ""))
        wrong = self.own("instruments", "ctbtt", code=2).err
        self.assertIn("no instrument 'ctbtt' (did you mean 'ctbt'?)", wrong)

    def test_a_withdrawal_counts_from_its_effect(self):
        acts = self.own("instruments", "mine-ban", "--acts", "--since", "2025-06-01", "--as-of", "2026-11-29").out
        self.assertRegex(acts, r"2025-12-27  Estonia: withdrawal, notified 2025-06-27")
        before = self.own("instruments", "mine-ban", "--as-of", "2025-01-01").out
        self.assertNotIn("Estonia", before)

    def test_nobody_is_missing_without_a_whole_table(self):
        missing = self.own("instruments", "--missing", "ind", "--as-of", "2026-11-29").out
        told, unknown = missing.split("Not known, for no whole table is at hand:")
        self.assertIn("NPT", told + unknown)
        self.assertIn("CTBT", unknown)
        self.write("26-5.csv", TABLE)
        self.ingest("26-5.csv")
        whole = self.own("instruments", "mine-ban", "--db", "a.duckdb", "--as-of", "2000-01-01").out
        self.assertIn("3 parties as at 2000-01-01", whole)
        self.assertIn("Mine Ban", self.own("instruments", "--missing", "kenya", "--db", "a.duckdb", "--as-of",
                                           "2000-01-01").out)

    def test_what_is_due_names_where_to_look(self):
        due = self.own("facts", "--due", "--as-of", "2026-11-29")
        self.assertRegex(due.out, r"2026-12-20  MONUSCO: .* runs until 2026-12-20  https://")
        self.assertRegex(due.out, r"MINURSO: .* what followed is not known since")
        rows = json.loads(self.own("facts", "--as-of", "2026-11-29", "--days", "5", "--json").out)
        self.assertNotIn("monusco", [row["id"] for row in rows if row["day"] > "2026-11-29"])

    def test_a_new_act_goes_on_where_the_chain_ends(self):
        entry = ("facts", "new", "mandate", "--id", "minurso", "--resolution", "S/RES/2999 (2026)", "--day",
                 "2026-10-30", "--expires", "2027-10-31", "--source", 'text, "as read"', "--to", "mine.toml")
        self.assertIn("entered", self.own(*entry).out)
        due = self.own("facts", "--as-of", "2026-11-29", "--add", "mine.toml").out
        self.assertNotIn("MINURSO", due)
        kept = (self.folder / "mine.toml").read_text(encoding="utf-8")
        wrong = self.own("facts", "new", "mandate", "--id", "minursa", "--resolution", "S/RES/1", "--day", "2026-10-30",
                         "--source", "s", "--to", "mine.toml", code=3).err
        self.assertIn("did you mean 'minurso'?", wrong)
        self.assertEqual((self.folder / "mine.toml").read_text(encoding="utf-8"), kept)
        self.own("facts", "new", "meeting", "--id", "who", "--day", "2026-05-18", code=2)  # no source
        self.own("facts", "new", "meeting", "--id", "who", "--day", "2026-05-18", "--what", "WHA79", "--source", "s")
        self.assertTrue((self.folder / "xdg" / "icosa" / "packs" / "facts.toml").exists())

    def test_contradictions_are_named_with_their_line(self):
        self.write("26-5.csv", TABLE)
        self.ingest("26-5.csv")
        told = self.own("check", "--facts", "a.duckdb", code=3)  # three deposits are not forty
        self.assertRegex(told.err, r"wmd-and-arms\.toml:\d+:1: error\[fact-contradicted\]: mine-ban")
        self.assertRegex(told.out, r"chains of mandates: \d{3,} held against")
        self.packs()
        text = (self.packs() / "mandates" / "africa.toml").read_text(encoding="utf-8")
        at = text.index("S/RES/2659")
        end = text.index('"2023-11-15"', at - 200)
        (self.packs() / "mandates" / "africa.toml").write_text(text[:end] + '"2023-01-15"' + text[end + 12:],
                                                               encoding="utf-8")
        told = self.own("check", str(self.packs()), "--facts", "a.duckdb", code=3)
        self.assertRegex(told.err, r"africa\.toml:\d+:1: error\[fact-contradicted\]: MINUSCA: S/RES/\d+")

    def test_nothing_is_called_lapsed_on_our_own_ignorance(self):
        self.write("26-5.csv", TABLE)
        self.ingest("26-5.csv")
        for path in (self.packs() / "mandates").glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r'known_through = "\d{4}-\d\d-\d\d"', 'known_through = "2012-01-01"', text),
                            encoding="utf-8")
        for path in (self.packs() / "mechanisms").glob("*.toml"):
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r'known_through = "\d{4}-\d\d-\d\d"', 'known_through = "2012-01-01"', text),
                            encoding="utf-8")
        self.own("run", "--packs", str(self.packs()), "--db", "a.duckdb", "--as-of", "2026-11-29", "--out", "o")
        dossier = json.loads((self.folder / "o" / "dossier.json").read_text(encoding="utf-8"))
        pages = [page for group in ("principles", "areas", "platforms") for page in dossier[group]]
        watches = [watch for page in pages for watch in page["watches"]]
        reasons = [signal["reason"] for watch in watches for signal in watch["signals"]]
        self.assertEqual([r for r in reasons if "lapsed on" in r or "since the last meeting" in r], [])
        mandates = next(watch for watch in watches if watch["id"] == "un.mandates")
        self.assertIn("not known since", mandates["reading"])
        unknown = [line["sentence"]["en"] for line in dossier["front"]["unknown"] if line["source"] == "pack"]
        self.assertTrue([line for line in unknown if "UNMISS (" in line], unknown)


if __name__ == "__main__":
    harness.main()
