"""icosa update: a morning and the next, played by a server of the test: what comes is in the store, what is new is
told, one update works at a time."""
import fcntl
import json
import os
import pathlib
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from fetch import HOST, Answer, Fetch, harness, table


class Update(Fetch):
    def update(self, *args, code=0):
        return self.icosa("update", "--mirror", self.server.url, "--db", "s.duckdb", "--to", "f", "--out", "o",
                          "--packs", "packs", "--framework", harness.FRAMEWORK, *args, code=code,
                          env=self.environment)

    def rows(self):
        said = self.icosa("sources", "--db", "s.duckdb", "--json", "--packs", "packs", "--framework", harness.FRAMEWORK)
        return {line["id"]: line["rows"] for line in said.lines()}

    def test_a_morning_and_the_next(self):
        self.card("two", f'url = "https://{HOST}/files/two.csv"')
        self.server.answers = {"one.csv": [Answer(body=table(50))], "two.csv": [Answer(404)]}
        said = self.update(code=4)
        self.assertRegex(said.out, r"one +new")
        self.assertRegex(said.out, r"two +missing")
        self.assertEqual(self.rows()["one"], 50)
        self.assertTrue((self.folder / "o/index.html").exists())
        self.assertIn("no run before", said.out)
        self.server.answers = {"one.csv": [Answer(body=table(57))], "two.csv": [Answer(body=table(5))]}
        said = self.update("--then", "echo")
        self.assertRegex(said.out, r"one +new")
        self.assertEqual(self.rows()["two"], 5)
        news = json.loads((self.folder / "o/news.json").read_text())
        self.assertEqual(len(news["fetched"]), 2)
        self.assertIn(news["headline"], (self.folder / "o/news.md").read_text())
        self.assertIn("o/news.md o/news.json", said.out)
        said = self.update()
        self.assertRegex(said.out, r"one +unchanged")
        self.assertIn("nothing new since", said.out)
        self.assertEqual([p.name for p in self.folder.glob("s.duckdb.*")], ["s.duckdb.last-run.json"])

    def test_a_bad_edition_is_history_once_a_good_one_came(self):
        self.server.answers = {"one.csv": [Answer(body=table(50).replace(b"2026", b"what"))]}
        self.update(code=4)
        self.server.answers = {"one.csv": [Answer(body=table(60))]}
        said = self.update()
        self.assertIn("passed over, a newer edition came", said.err)
        self.assertEqual(self.rows()["one"], 60)
        self.update()

    def test_one_morning_with_one_changed_one_gone_one_revised(self):
        for id in ("two", "three"):
            self.card(id, f'url = "https://{HOST}/files/{id}.csv"')
        self.server.answers = {f"{id}.csv": [Answer(body=table(50))] for id in ("one", "two", "three")}
        self.update()
        self.server.answers = {"one.csv": [Answer(body=table(50).replace(b"day,", b"when,"))], "two.csv": [Answer(404)],
                               "three.csv": [Answer(body=table(50).replace(b"Mali,7\n", b"Mali,70\n"))]}
        said = self.update(code=4)
        for told in (r"one +changed", r"two +missing", r"three +new"):
            self.assertRegex(said.out, told)
        self.assertIn("50 rows of earlier files no longer count beside it", said.out)
        self.assertEqual({id: self.rows()[id] > 0 for id in ("one", "two", "three")},
                         {"one": True, "two": True, "three": True}, "what was there stays")

    def test_nothing_has_come(self):
        self.server.answers = {"one.csv": [Answer(404)]}
        self.assertIn("nothing has come yet", self.update(code=4).err)

    def test_one_update_at_a_time(self):
        self.server.answers = {"one.csv": [Answer()]}
        with open(self.folder / "s.duckdb.update", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertIn("another `icosa update`", self.update("--wait", "0", code=5).err)
        self.update()

    def test_commands_wait_for_the_store(self):
        self.server.answers = {"one.csv": [Answer()]}
        self.update()
        words = ["sources", "--db", "s.duckdb", "--packs", "packs", "--framework", harness.FRAMEWORK, "--wait"]
        with open(self.folder / "s.duckdb", "r+b") as store:
            fcntl.lockf(store, fcntl.LOCK_EX)
            said = self.icosa(*words, "1", code=5)
            self.assertIn(f"process {os.getpid()}", said.err)
            self.assertIn("waiting up to 1 s", said.err)
            self.assertNotIn("waiting", self.icosa(*words, "0", code=5).err)
            threading.Timer(1, lambda: fcntl.lockf(store, fcntl.LOCK_UN)).start()
            self.assertIn("waiting", self.icosa(*words, "30").err, "and then it reads")

    def test_what_cron_and_systemd_need(self):
        self.assertRegex(self.icosa("update", "--print-cron").out, r"(?m)^20 6 \* \* \* /.*icosa\S* update$")
        self.assertIn("OnCalendar=", self.icosa("update", "--print-timer").out)


# the tests of fetch.py are run there
for name in [name for name in dir(Fetch) if name.startswith("test_")]:
    setattr(Update, name, None)

if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "Update"])
