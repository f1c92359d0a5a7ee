"""icosa card, icosa watch and packs of one's own: what they write, what they say to bad words, and what --add
lays over."""
import datetime
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

DAY = datetime.timedelta(days=1)


def log(rising, days=1200, last=datetime.date(2021, 12, 31)):
    lines = ["date;lieu;nombre;remarque"]
    for i in range(days):
        day = last - (days - 1 - i) * DAY
        for j, place in enumerate(("Mali", "Tchad", "Burkina Faso")):
            n = 2 + (i * 7 + j) % 3 + (9 if rising and j == 0 and i > days - 20 else 0)
            lines.append(f"{day:%d/%m/%Y};{place};{n};près du marché")
    return "\n".join(lines) + "\n"


class OwnData(harness.Case):
    def own(self, *words, code=0):
        return self.icosa(*words, code=code, env={"XDG_DATA_HOME": str(self.folder / "xdg")})

    def watch(self, *more, code=0):
        return self.own("watch", "log.csv", "--date", "date", "--place", "lieu", "--count", "nombre", *more, code=code)

    def test_a_rise_is_a_signal_and_exit_codes(self):
        self.write("log.csv", log(True))
        told = json.loads(self.watch("--json").out)
        self.assertEqual(told["state"], "signal")
        self.assertEqual([one["title"] for one in told["signals"]], ["Mali"])
        self.assertIn("nombre", told["signals"][0]["sentence"])
        self.assertEqual(told["rows"], told["stored"])
        self.watch("--fail-on", "note", code=1)
        self.assertIn("1 signal as of", self.watch("--out", "f.svg").out)
        self.assertTrue((self.folder / "f.svg").read_text().count("<svg"))
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["f.svg", "log.csv"])

    def test_a_quiet_log_names_measure_and_places(self):
        self.write("log.csv", log(False))
        told = self.watch("--fail-on", "note").out
        self.assertRegex(told, r"Quiet as of 2021-12-31: nombre in 3 places \(Burkina Faso, Chad, Mali\)")

    def test_what_is_saved_goes_on_with_add(self):
        self.write("log.csv", log(True))
        self.watch("--save", "mine")
        self.own("check", "mine")
        self.own("ingest", "log.csv", "--add", "mine", "--db", "a.duckdb")
        self.own("run", "--add", "mine", "--db", "a.duckdb", "--as-of", "2021-12-31", "--out", "out")
        dossier = json.loads((self.folder / "out" / "dossier.json").read_text(encoding="utf-8"))
        self.assertTrue([one for one in dossier["caveats"] if "mine" in one])
        page = dossier["areas"][-1]
        self.assertEqual((page["section"], page["watches"][0]["state"]), ("own", "signal"))
        self.watch("--save", "mine")  # the same again
        self.assertIn("--overwrite", self.watch("--save", "mine", "--incomplete", code=2).err)

    def test_the_data_folder_is_laid_over_by_itself(self):
        self.write("log.csv", log(False))
        self.watch("--save", "xdg/icosa/packs")
        self.assertIn("own-log", self.own("ingest", "log.csv", "--db", "a.duckdb").out)

    def test_a_card_is_written_once_and_tried(self):
        self.write("log.csv", log(False, days=100) + "Total;;900;\n")
        told = self.own("card", "log.csv", "--count", "nombre").out
        self.assertIn("301 rows: 300 stored, 1 rejected", told)
        self.assertIn("complete = false", told)
        text = (self.folder / "own-log.toml").read_text(encoding="utf-8")
        self.assertIn('parse = "date-dmy"', text)
        self.own("card", "log.csv")  # the same again
        self.assertIn("is-there", self.own("card", "log.csv", "--complete", code=2).err)
        self.own("card", "log.csv", "--complete", "--overwrite")
        self.assertIn("complete = true", (self.folder / "own-log.toml").read_text(encoding="utf-8"))

    def test_check_of_ones_own_tells_only_its_faults(self):
        self.write("log.csv", log(False, days=30))
        self.own("card", "log.csv", "--out", "good/card.toml")
        self.assertIn("no faults", self.own("check", "good").out)
        text = (self.folder / "good/card.toml").read_text(encoding="utf-8")
        self.write("bad/card.toml", text.replace('record = "event"', 'record = "nonsense"'))
        told = self.own("check", "bad", code=3).err
        self.assertIn("nonsense", told)
        self.assertEqual({line.split(":")[0] for line in told.splitlines()}, {"bad/card.toml"})
        self.write("odd/a.toml", "[nothing]\nx = 1\n")
        self.assertIn("unknown-pack", self.own("check", "odd", code=3).err)

    def test_overlays_add_and_replace_by_id(self):
        card = (harness.ROOT / "packs/sources/asam.toml").read_text(encoding="utf-8")
        self.write("mine/any-name.toml", card.replace('title = "', 'title = "Ours: ', 1))
        self.write("mine/places.toml", '[[place]]\nid = "xka"\nkind = "territory"\n'
                   'name = { en = "Kayes region", zh = "卡伊" }\n'
                   'codes = [ { system = "name", code = "Kayes region" } ]\n')
        self.own("check", "mine")
        self.assertIn("Kayes region", self.own("places", "Kayes region", "--add", "mine").out)
        self.assertIn("no-packs", self.own("places", "Mali", "--add", "nowhere", code=3).err)

    def test_bad_words(self):
        self.write("log.csv", log(False, days=30))
        self.assertIn("did you mean 'nombre'", self.own("watch", "log.csv", "--count", "nombr", code=2).err)
        self.assertIn("two-figures", self.own("watch", "log.csv", "--count", "nombre", "--value", "nombre", code=2).err)
        self.assertIn("missing-file", self.own("card", "nowhere.csv", code=4).err)
        self.write("prose.txt", "Once upon a time\nthere was no table.\n")
        self.assertIn("no-day", self.own("card", "prose.txt", code=4).err + "no-table no-day")


if __name__ == "__main__":
    harness.main()
