"""icosa lists: made-up lists read, ingested and compared; reference numbers alone unless names are asked for; what is
broken is refused with its place, and nothing of it stored."""
import csv
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness


def entry(reference, name, regime="Taliban", kind="INDIVIDUAL", more="", listed="2001-02-03"):
    return (f"<{kind}><DATAID>1</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{name}</FIRST_NAME>"
            f"<UN_LIST_TYPE>{regime}</UN_LIST_TYPE><REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER>"
            f"<LISTED_ON>{listed}</LISTED_ON>{more}</{kind}>")


def un_list(day, *entries):
    people = "".join(one for one in entries if one.startswith("<INDIVIDUAL"))
    bodies = "".join(one for one in entries if one.startswith("<ENTITY"))
    return (f"<?xml version='1.0' encoding='UTF-8'?><CONSOLIDATED_LIST dateGenerated='{day}T23:00:00Z'>"
            f"<INDIVIDUALS>{people}</INDIVIDUALS><ENTITIES>{bodies}</ENTITIES></CONSOLIDATED_LIST>")


def alias(name, quality="Good"):
    return f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{name}</ALIAS_NAME></INDIVIDUAL_ALIAS>"


FILLING = [entry(f"QDe.{i:03}", f"MADE UP BODY {i}", "Al-Qaida", "ENTITY") for i in range(1, 8)]
OLDER = un_list("2024-04-19", *FILLING, entry("TAi.901", "ADA", more=alias("ADDIE") + alias("ADDA")),
                entry("TAi.902", "BEA"), entry("TAi.903", "CLEO"))
NEWER = un_list("2024-08-02", *FILLING, entry("TAi.901 ", "ADA ", more=alias("ADDA") + alias(" ADDIE\n")),
                entry("TAi.903", "CLEO", more=alias("CLEA", "Low")), entry("HTi.901", "DORA", "Haiti"))
SDN = ('1,"EXAMPLE, Ada","individual","SDGT] [IRGC",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 09 Feb 1851; a.k.a. '
       "'SAMPLE'.\"\r\n2,\"EXAMPLE SHIP\",\"vessel\",\"IRAN\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Vessel Registration "
       'Identification IMO 9187629."\r\n\x1a')


class Lists(harness.Case):
    def setUp(self):
        super().setUp()
        self.write("older.xml", OLDER)
        self.write("newer.xml", NEWER)

    def told(self, *words):
        return json.loads(self.icosa("lists", *words, "--json").out)

    def check_changes(self, told):
        self.assertEqual([told[kind] for kind in ("added", "removed", "amended")], [1, 1, 1])
        self.assertEqual([(one["change"], one["reference"], one["regime"]) for one in told["changes"]],
                         [("added", "HTi.901", "haiti"), ("removed", "TAi.902", "taliban"),
                          ("amended", "TAi.903", "taliban")])

    def test_two_files(self):
        told = self.told("diff", "older.xml", "newer.xml")
        self.check_changes(told)
        self.assertEqual(told["reordered"], ["TAi.901"])
        self.assertEqual(told["changes"][2]["fields"], [{"field": "alias-weak"}])
        self.assertEqual(told["from"][0]["day"], "2024-04-19")
        text = self.icosa("lists", "diff", "older.xml", "newer.xml").out
        self.assertIn("TLP:GREEN; reference numbers only", text)
        for name in ("ADA", "BEA", "CLE", "DORA"):
            self.assertNotIn(name, text)

    def test_names_on_request(self):
        told = self.told("diff", "older.xml", "newer.xml", "--show", "names")
        self.assertEqual(told["changes"][2]["fields"], [{"field": "alias-weak", "before": [], "after": ["CLEA"]}])
        self.assertIn("TLP:AMBER+STRICT", told["handling"])
        self.icosa("lists", "diff", "older.xml", "newer.xml", "--out", "a.csv")
        with open(self.folder / "a.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([(row["change"], row["reference"], row["field"], row["after"]) for row in rows],
                         [("added", "HTi.901", "", ""), ("removed", "TAi.902", "", ""),
                          ("amended", "TAi.903", "alias-weak", "")])

    def test_days_of_the_store(self):
        for order in (("older.xml", "newer.xml"), ("newer.xml", "older.xml")):
            db = order[0] + ".duckdb"
            for name in order:
                self.ingest(name, db=db)
            self.check_changes(self.told("diff", "2024-05-01", "2024-09-01", "--list", "un", "--db", db))
        again = self.ingest("newer.xml", db=db)
        self.assertEqual((again[0]["stored"], again[0]["known"]), (0, 10))
        overview = self.told("--db", db)
        self.assertEqual(overview[0]["regimes"], {"haiti": 1, "isil-al-qaida": 7, "taliban": 2})
        self.assertIn("no-edition", self.icosa("lists", "diff", "2020-01-01", "2024-09-01", "--list", "un", "--db", db,
                                               code=4).err)
        shown = self.told("show", "tai.903", "--db", db)
        self.assertEqual(shown[0]["details"], {"name": 1, "alias-weak": 1})
        self.assertEqual(self.told("show", "TAi.903", "--show", "names", "--list", "newer.xml")[0]["details"]["name"],
                         ["CLEO"])

    def test_the_watches_tell_reference_numbers_alone(self):
        for name in ("older.xml", "newer.xml"):
            self.ingest(name)
        dossier = self.dossier("--as-of", "2024-09-01")
        text = json.dumps(dossier)
        self.assertIn("-TAi.902", text)
        self.assertIn("+HTi.901", text)
        for name in ("ADDIE", "BEA", "CLEO", "DORA"):
            self.assertNotIn(name, text)

    def test_files_that_lie_beside(self):
        self.write("x/sdn.csv", SDN.encode())
        self.write("x/alt.csv", b'1,12,"aka","EXAMPLE, Addie",-0- \r\n\x1a')
        self.write("x/add.csv", b'1,25,-0- ,"Here","Aland",-0- \r\n\x1a')
        for words in (("x",), ("x/sdn.csv",), ("x/alt.csv",), ("x/alt.csv", "x/sdn.csv")):
            lists = [word for path in words for word in ("--list", path)]
            told = self.told("show", "1", "--show", "names", *lists)
            self.assertEqual(len(told), 1, words)
            details = told[0]["details"]
            self.assertEqual(details["alias"], ["EXAMPLE, Addie"])
            self.assertEqual(details["alias-weak"], ["SAMPLE"])
            self.assertEqual(details["birth-date"], ["09 Feb 1851"])
            self.assertEqual(details["address"], ["Here, Aland"])
            self.assertEqual(details["programme"], ["SDGT", "IRGC"])
        self.assertEqual(self.told("show", "2", "--list", "x")[0]["type"], "Vessel")
        for words in (("x/alt.csv", "x/add.csv"), ("x", "--recursive")):
            told = self.ingest(*words, db=f"{len(words[0])}.duckdb")
            self.assertEqual([(line["file"], line["stored"]) for line in told], [("x/sdn.csv", 2)])

    def test_what_is_broken(self):
        self.write("broken.xml", OLDER.replace("</ENTITIES>", ""))
        self.write("empty.xml", "")
        self.write("other.xml", "<data><a><b>1</b><c>2</c></a><a><b>1</b><c>2</c></a></data>")
        entities = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "x" * 100}">' for i in range(9))
        self.write("bomb.xml", OLDER.replace("<CONSOLIDATED_LIST", f"<!DOCTYPE l [{entities}]><CONSOLIDATED_LIST", 1)
                   .replace("ADDIE", "&e8;"))
        self.write("outside.xml", OLDER.replace("<CONSOLIDATED_LIST", '<!DOCTYPE l [<!ENTITY x SYSTEM "/etc/passwd">]>'
                                                "<CONSOLIDATED_LIST", 1).replace("ADDIE", "&x;"))
        for name, code in (("broken.xml", "not-well-formed"), ("empty.xml", "empty-file"),
                           ("other.xml", "unknown-source"), ("bomb.xml", "xml-entities"),
                           ("outside.xml", "xml-entities"), ("none.xml", "missing-file")):
            for words in (("lists", "diff", name, "newer.xml"), ("ingest", name, "--db", "a.duckdb")):
                said = self.icosa(*words, code=4, timeout=60).err
                self.assertIn(f"error[{code}]", said, name)
                self.assertIn(name, said)
                self.assertNotIn("root:", said)
        self.assertRegex(self.icosa("lists", "diff", "broken.xml", "newer.xml", code=4).err, r"broken\.xml:\d+:\d+: ")
        self.assertEqual(self.told("--db", "a.duckdb"), [])

    def test_a_reference_twice_and_one_that_is_none(self):
        self.write("twice.xml", OLDER.replace("TAi.902", "TAi.903"))
        self.assertEqual(self.told("diff", "older.xml", "twice.xml")["repeated"], ["TAi.903"])
        self.write("blank.xml", OLDER.replace("TAi.902", "   "))
        told = self.ingest("blank.xml", db="b.duckdb")
        self.assertEqual((told[0]["stored"], told[0]["rejected"]), (9, 1))

    def test_words_that_are_wrong(self):
        for words, code in ((("diff", "older.xml"), 2), (("diff", "2024-05-01", "newer.xml"), 2),
                            (("diff", "2024-05-01", "2024-09-01"), 2), (("show",), 2), (("undo",), 2),
                            (("show", "XX.1", "--list", "newer.xml"), 4), (("show", "XX.1", "--list", "unn"), 2),
                            (("--list", "newer.xml", "--show", "all"), 2)):
            self.icosa("lists", *words, code=code)


if __name__ == "__main__":
    harness.main()
