"""icosa compare-names and icosa screen: a made-up list in the shape of the UN's, made-up names; tables, one name told
in words, the log of purposes, what is wrong in the words or files."""
import csv
import io
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

PEOPLE = [
    ("XXi.001", "ZUBAYDA", "KARIM QAHTANI", "1961-02-03", "Passport", "A123456", [("Low", "Umm Nasr")]),
    ("XXi.002", "OTTO", "BEISPIEL", "1970-05-06", "", "", [("Good", "Otho Beyspiel")]),
    ("XXi.003", "ANNA PETROVNA", "PRIMEROVA", "1980-01-01", "", "", []),
]


def un_list():
    out = '<?xml version="1.0" encoding="UTF-8"?>'
    out += '<CONSOLIDATED_LIST dateGenerated="2020-01-02T00:00:00.000-04:00"><INDIVIDUALS>'
    for number, (reference, first, second, born, kind, document, aliases) in enumerate(PEOPLE):
        out += (f"<INDIVIDUAL><DATAID>{number + 1}</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>{first}</FIRST_NAME>"
                f"<SECOND_NAME>{second}</SECOND_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE>"
                f"<REFERENCE_NUMBER>{reference}</REFERENCE_NUMBER><LISTED_ON>2015-01-0{number + 1}</LISTED_ON>")
        for quality, alias in aliases:
            out += (f"<INDIVIDUAL_ALIAS><QUALITY>{quality}</QUALITY><ALIAS_NAME>{alias}</ALIAS_NAME>"
                    "</INDIVIDUAL_ALIAS>")
        out += (f"<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>{born}</DATE>"
                "</INDIVIDUAL_DATE_OF_BIRTH>")
        if document:
            out += (f"<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>{kind}</TYPE_OF_DOCUMENT><NUMBER>{document}</NUMBER>"
                    "</INDIVIDUAL_DOCUMENT>")
        out += "</INDIVIDUAL>"
    return out + ("</INDIVIDUALS><ENTITIES><ENTITY><DATAID>9</DATAID><VERSIONNUM>1</VERSIONNUM><FIRST_NAME>EXAMPLE TRADING"
                  "</FIRST_NAME><UN_LIST_TYPE>Al-Qaida</UN_LIST_TYPE><REFERENCE_NUMBER>XXe.001</REFERENCE_NUMBER>"
                  "<LISTED_ON>2015-01-09</LISTED_ON></ENTITY></ENTITIES></CONSOLIDATED_LIST>")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Screening(harness.Case):
    def list(self):
        return self.write("un.xml", un_list())

    def test_pairs(self):
        self.write("pairs.csv", "schema,name1,name2\nPerson,Anna Muster,\"Muster, Anna\"\n"
                                "Person,Anna Muster,Karl Beispiel\n"
                                "Company,Primer OOO,LLC Primer\n"
                                "Person,...,Anna\n")
        told = rows(self.icosa("compare-names", "--pairs", "pairs.csv").out)
        self.assertEqual(list(told[0]), ["name1", "name2", "score", "verdict", "reason"])
        self.assertEqual([r["verdict"] for r in told], ["match", "no", "match", "unsure"])
        self.assertEqual(told[0]["name2"], "Muster, Anna")
        self.assertIn("anna = anna", told[0]["reason"])
        self.icosa("compare-names", "--pairs", "pairs.csv", "--out", "compared.csv")
        self.assertEqual(len(rows((self.folder / "compared.csv").read_text(encoding="utf-8"))), 4)
        self.write("other.csv", "a,b\nx,y\n")
        self.icosa("compare-names", "--pairs", "other.csv", code=4)

    def test_a_table(self):
        self.list()
        self.write("names.csv", "full_name,born,paper\nZubaida Kareem al-Qahtani,1961-02-03,A123457\nXerxes Quill,,\n"
                                "Umm Nasr,,\n,,\nBeispiel Otto,1999-09-09,\n")
        words = ("screen", "--list", "un.xml", "--names", "names.csv", "--name-column", "full_name",
                 "--dob-column", "born",
                 "--document-column", "paper", "--purpose", "a test", "--out", "screened.csv")
        self.icosa(*words)
        text = (self.folder / "screened.csv").read_text(encoding="utf-8")
        told = rows(text)
        self.assertEqual(list(told[0]), ["name", "list_id", "matched_name", "score", "verdict", "reason"])
        by_name = {r["name"]: r for r in told}
        self.assertEqual(set(by_name), {"Zubaida Kareem al-Qahtani", "Xerxes Quill", "Umm Nasr", "", "Beispiel Otto"})
        first = by_name["Zubaida Kareem al-Qahtani"]
        self.assertEqual((first["list_id"], first["verdict"]), ("XXi.001", "match"))
        self.assertRegex(first["reason"], r"^differs: document A123457, listed A123456 \(a digit apart\); "
                                         "agrees: born 1961")
        self.assertEqual((by_name["Xerxes Quill"]["list_id"], by_name["Xerxes Quill"]["verdict"]), ("", "no"))
        self.assertNotEqual(by_name["Umm Nasr"]["verdict"], "match")
        self.assertEqual(by_name[""]["verdict"], "unsure")
        log = (self.folder / "screened.csv.log.jsonl").read_text(encoding="utf-8").splitlines()
        body = json.loads(log[0])["body"]
        self.assertEqual((body["purpose"], body["names"]), ("a test", 5))
        self.assertNotIn("Zubaida", log[0])
        for threads in ("1", "3"):
            self.icosa(*words, "--threads", threads)
            self.assertEqual((self.folder / "screened.csv").read_text(encoding="utf-8"), text)
        log = (self.folder / "screened.csv.log.jsonl").read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(log), 3, "a line each time")

    def test_one_name_in_words(self):
        self.list()
        told = self.icosa("screen", "--list", "un.xml", "--name", "Otto Beispiel", "--born", "1999-09-09").out
        self.assertIn("born 1999-09-09, listed 1970-05-06", told)
        self.assertLess(told.index("differs"), told.index("words"))
        self.assertIn("Ombudsperson", told)
        told = self.icosa("screen", "--list", "un.xml", "--name", "Otto Beispiel").out
        self.assertIn("possible match, for human review", told)
        self.assertIn("no match", self.icosa("screen", "--list", "un.xml", "--name", "Xerxes Quill").out)
        self.assertIn("insufficient information", self.icosa("screen", "--list", "un.xml", "--name", "...").out)
        found = json.loads(self.icosa("screen", "--list", "un.xml", "--name", "Otto Beispiel", "--json").out)
        self.assertEqual(found["answers"][0]["found"][0]["list_id"], "XXi.002")
        self.assertEqual(found["answers"][0]["found"][0]["standing"], "")

    def test_what_is_wrong(self):
        self.list()
        self.write("names.csv", "name\nOtto\n")
        self.assertIn("no-purpose", self.icosa("screen", "--list", "un.xml", "--names", "names.csv", code=2).err)
        self.icosa("screen", "--list", "un.xml", code=2)
        self.icosa("screen", "--name", "Otto", code=2)
        self.icosa("screen", "--list", "un.xml", "--name", "Otto", "--born", "yesterday", code=2)
        self.icosa("screen", "--list", "un.xml", "--names", "names.csv", "--purpose", "x",
                   "--name-column", "who", code=4)
        self.write("broken.xml", un_list()[:-40])
        self.icosa("screen", "--list", "broken.xml", "--name", "Otto", code=4)


if __name__ == "__main__":
    harness.main()
