"""icosa fetch and keys against servers that the test starts: what each answer is called, what lies in the folder, what
a kill leaves behind, and that no key is told anywhere."""
import gzip
import http.server
import io
import json
import os
import pathlib
import re
import shutil
import signal
import ssl
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

HOST = "kev.example.org"
HEADINGS = "day,place,n\n"
SECRET = "k3y-that-nobody-tells"


def table(rows=4000):
    return (HEADINGS + "".join(f"2026-01-{1 + i % 28:02},Mali,{i}\n" for i in range(rows))).encode()


class Answer:
    def __init__(self, code=200, body=None, type="text/csv", cut=None, pause=0, chunked=False, **headers):
        self.code, self.body, self.type = code, table() if body is None else body, type
        self.cut, self.pause, self.chunked = cut, pause, chunked
        self.headers = {k.replace("_", "-"): v for k, v in headers.items()}


class Server(http.server.ThreadingHTTPServer):
    """Answers by path; a list of answers is used up to its last, which stays."""
    daemon_threads = True

    def __init__(self, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.asked, self.lock = {}, [], threading.Lock()
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def end(self):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        pass  # who is killed hangs up

    def answer(self, path):
        with self.lock:
            for key, answers in self.answers.items():
                if key in path:
                    return answers.pop(0) if len(answers) > 1 else answers[0]
        return Answer(404, b"<html>not found</html>", "text/html")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.asked.append({"path": self.path, "headers": dict(self.headers), "body": sent,
                                  "at": time.monotonic()})
        answer = self.server.answer(self.path)
        code, body, headers = answer.code, answer.body, {"Content-Type": answer.type, **answer.headers}
        if code == 200 and "ETag" in headers and headers["ETag"] == self.headers.get("If-None-Match"):
            code, body = 304, b""
        first = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if code == 200 and first and answer.cut is None and headers.get("ETag") == self.headers.get("If-Range"):
            code, headers["Content-Range"] = 206, f"bytes {first[1]}-{len(body) - 1}/{len(body)}"
            body = body[int(first[1]):]
        try:
            self.send_response(code)
            headers.update({"Transfer-Encoding": "chunked"} if answer.chunked else {"Content-Length": str(len(body))})
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            end = len(body) if answer.cut is None else answer.cut
            for at in range(0, end, 4096):
                piece = body[at:min(at + 4096, end)]
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece) if answer.chunked else piece)
                self.wfile.flush()
                time.sleep(answer.pause)
            if answer.chunked:
                self.wfile.write(b"0\r\n\r\n")
            self.close_connection = answer.cut is not None
        except OSError:
            self.close_connection = True

    do_POST = do_GET


CARD = """[source]
id = "{id}"
title = "T"
publisher = "P"
licence = "CC0-1.0"
exportable = true
attribution = "P"
url = "https://{host}/"
record = "event"
header = ["day", "place", "n"]
stale_after_days = 60
publication_lag_days = 1
[coverage]
complete = false
[map]
day = {{ column = "day", parse = "date" }}
kind = {{ value = "{kind}" }}
place = {{ column = "place", system = "name" }}
[fetch]
reviewed = "2026-11-29"
tried = false
terms = "free"
{fetch}
"""


class Fetch(harness.Case):
    def setUp(self):
        super().setUp()
        self.packs = harness.assemble_packs(self.folder)
        for card in (self.packs / "sources").glob("*.toml"):  # only our own can be fetched here
            text = card.read_text(encoding="utf-8")
            card.write_text(re.split(r"\n\[+fetch\]+\n", text)[0] + "\n", encoding="utf-8")
        self.card("one", f'url = "https://{HOST}/files/one.csv"')
        self.server = Server()
        self.addCleanup(self.server.end)
        for name in ("config", "data"):
            (self.folder / name).mkdir()
        self.environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        self.environment.update(XDG_CONFIG_HOME=str(self.folder / "config"), XDG_DATA_HOME=str(self.folder / "data"))

    def card(self, id, fetch):
        (self.packs / "sources" / f"{id}.toml").write_text(CARD.format(id=id, host=HOST, kind="assault", fetch=fetch))

    def words(self, *args, server=None):
        return ["fetch", *args, "--mirror", (server or self.server).url, "--to", "f", "--json", "--packs", "packs",
                "--framework", harness.FRAMEWORK]

    def fetch(self, *args, code=0, **more):
        """{source: its line}"""
        self.said = self.icosa(*self.words(*args, **more), code=code, env=self.environment)
        return {line["source"]: line for line in self.said.lines()}

    def one(self, *answers, code=0):
        self.server.answers["one.csv"] = list(answers)
        return self.fetch("one", code=code)["one"]

    def files(self):
        return sorted(str(p.relative_to(self.folder / "f")) for p in (self.folder / "f").rglob("*")
                      if p.is_file() and not p.name.startswith("."))

    def stored(self):
        return [(self.folder / "f" / n).read_bytes() for n in self.files() if n.endswith(".csv")]

    def test_editions(self):
        line = self.one(Answer(ETag='"1"'))
        self.assertEqual((line["status"], line["bytes"]), ("new", len(table())))
        self.assertEqual((self.folder / line["file"]).read_bytes(), table())
        manifest = json.loads((self.folder / "f/manifest.jsonl").read_text())
        self.assertEqual((manifest["url"], manifest["digest"]), (f"https://{HOST}/files/one.csv", line["digest"]))
        self.assertRegex(manifest["retrieved"], r"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertEqual(self.server.asked[0]["path"], f"/{HOST}/files/one.csv")
        self.assertEqual(self.one(Answer(ETag='"1"'))["status"], "unchanged")
        self.assertEqual(self.server.asked[-1]["headers"]["If-None-Match"], '"1"')
        self.assertEqual(self.one(Answer())["status"], "unchanged", "by its digest")
        self.assertEqual(self.one(Answer(body=table(5000)))["status"], "new")
        self.assertEqual(len(self.stored()), 2, "the older edition stays")

    def test_what_each_answer_is_called(self):
        page = b"<!DOCTYPE html><html>wait</html>"
        for answer, status, code in (
                (Answer(body=page, type="text/html"), "changed", 4), (Answer(body=page), "changed", 4),
                (Answer(body=HEADINGS.encode()), "empty", 0), (Answer(body=b""), "empty", 0),
                (Answer(body=b"a,b\n1,2\n"), "changed", 4), (Answer(401), "denied", 4), (Answer(403), "denied", 4),
                (Answer(404), "missing", 4), (Answer(429, Retry_After="3600"), "throttled", 4),
                (Answer(503, Retry_After="3600"), "throttled", 4), (Answer(400), "failed", 4),
                (Answer(302, b"", Location="https://elsewhere.example/one.csv?token=t"), "moved", 4),
                (Answer(302, b"", Location=f"/{HOST}/files/one.csv"), "failed", 4)):
            with self.subTest(answer.code, status=status):
                line = self.one(answer, code=code)
                self.assertEqual(line["status"], status, line)
                self.assertEqual(self.files(), [])
        line = self.one(Answer(301, b"", Location="https://elsewhere.example"), code=4)
        self.assertIn("elsewhere.example", line["message"])

    def test_tries_again(self):
        for answers in ([Answer(503), Answer()], [Answer(429, Retry_After="1"), Answer()],
                        [Answer(cut=30000, ETag='"x"'), Answer(ETag='"x"')], [Answer(cut=30000), Answer()],
                        [Answer(chunked=True)], [Answer(body=gzip.compress(table()), Content_Encoding="gzip")],
                        [Answer(308, b"", Location="two.csv")], [Answer(301, b"", Location="/two.csv"), Answer()]):
            with self.subTest(answers[0].code, cut=answers[0].cut):
                shutil.rmtree(self.folder / "f", ignore_errors=True)
                self.server.asked.clear()
                self.server.answers["two.csv"] = [Answer()]
                self.assertEqual(self.one(*answers)["status"], "new")
                self.assertEqual(self.stored(), [table()])
                if answers[0].code == 429:
                    self.assertGreaterEqual(self.server.asked[1]["at"] - self.server.asked[0]["at"], 0.9)
                if answers[0].cut and answers[0].headers:
                    self.assertEqual(self.server.asked[1]["headers"]["Range"], "bytes=30000-")
        line = self.one(Answer(body=table(9000), cut=30000, ETag='"y"'), code=4)
        self.assertEqual(line["status"], "partial")
        self.assertEqual(self.stored(), [table()], "no half stands under its name")
        self.assertEqual(self.one(Answer(body=table(9000), ETag='"y"'))["status"], "new")

    def test_one_that_fails_holds_up_no_other(self):
        self.card("two", 'url = "https://two.example.org/two.csv"')
        self.server.answers = {"one.csv": [Answer()], "two.csv": [Answer(500)]}
        lines = self.fetch(code=4)
        self.assertEqual([lines[i]["status"] for i in ("one", "two")], ["new", "failed"])

    def test_a_certificate_that_nobody_trusts(self):
        if not shutil.which("openssl"):
            self.skipTest("no openssl to make one")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=x",
                        "-keyout", "k.pem", "-out", "c.pem"], cwd=self.folder, check=True, capture_output=True)
        server = Server((self.folder / "c.pem", self.folder / "k.pem"))
        self.addCleanup(server.end)
        server.answers["one.csv"] = [Answer()]
        line = self.fetch("one", code=4, server=server)["one"]
        self.assertEqual(line["status"], "failed")
        self.assertIn("certificate", line["message"])
        self.assertEqual(server.asked, [])

    def test_pages(self):
        self.card("paged", 'url = "https://p.example.org/api?page={page}"\nform = "json"\nrecords = "items"\n'
                           '[fetch.paging]\nkind = "page"\nmost = 4')
        page = lambda n: Answer(body=json.dumps({"items": [{"day": "2026-01-01", "place": "Mali", "n": n}]}).encode())
        self.server.answers["api"] = [page(1), page(2), page(2), page(9)]
        self.assertEqual(self.fetch("paged")["paged"]["files"], 2, "a repeated page is the end")
        shutil.rmtree(self.folder / "f")
        self.server.answers["api"] = [page(n) for n in range(20)]
        line = self.fetch("paged")["paged"]
        self.assertEqual((line["files"], line["status"]), (4, "new"))
        self.assertIn("limit of 4 pages", line["message"])

    def test_archives(self):
        self.card("zipped", 'url = "https://z.example.org/a.zip"\nform = "zip"')
        for name, content, reason in (("../../out.csv", b"x", "outside"), ("/tmp/out.csv", b"x", "outside"),
                                      ("a.csv", bytes(1 << 27), "bomb"), ("b.zip", b"PK", "archive itself")):
            with self.subTest(name):
                packed = io.BytesIO()
                with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr(name, content)
                self.server.answers["a.zip"] = [Answer(body=packed.getvalue())]
                line = self.fetch("zipped", code=4)["zipped"]
                self.assertEqual(line["status"], "failed")
                self.assertIn(reason, line["message"])
                self.assertEqual(self.files(), [])

    def test_what_the_card_cannot_read_is_changed(self):
        """A JSON whose records have other names, a workbook that is cut off: the old edition stays."""
        self.card("json", 'url = "https://j.example.org/a.json"\nform = "json"\nrecords = "rows"')
        good = {"rows": [{"day": "2026-01-01", "place": "Mali", "n": 1}]}
        self.server.answers["a.json"] = [Answer(body=json.dumps(good).encode())]
        self.assertEqual(self.fetch("json")["json"]["status"], "new")
        good["rows"][0]["when"] = good["rows"][0].pop("day")
        self.server.answers["a.json"] = [Answer(body=json.dumps(good).encode())]
        line = self.fetch("json", code=4)["json"]
        self.assertEqual(line["status"], "changed")
        self.assertIn("day", line["message"])
        self.card("book", 'url = "https://b.example.org/a.xlsx"\nform = "workbook"')
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
        self.server.answers["a.xlsx"] = [Answer(body=packed.getvalue())]
        self.assertEqual(self.fetch("book", code=4)["book"]["status"], "changed")
        self.assertEqual(len(self.files()), 2, "one file and the manifest")

    def test_killed_at_many_points(self):
        self.server.answers["one.csv"] = [Answer(pause=0.004, ETag='"k"')]
        for step in range(50):
            call = subprocess.Popen([str(harness.ICOSA), *self.words("one")], cwd=self.folder, env=self.environment,
                                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
            time.sleep(0.01 + 0.004 * step)
            call.poll() is None and os.killpg(call.pid, signal.SIGKILL)
            call.wait()
            if (self.folder / "f").exists():
                self.assertLessEqual(set(self.stored()), {table()}, step)
        self.assertIn(self.fetch("one")["one"]["status"], ("new", "unchanged"))
        self.assertEqual(self.stored(), [table()])
        self.assertEqual([n for n in self.files() if n.endswith(".part")], [])

    def test_two_at_once(self):
        self.server.answers["one.csv"] = [Answer(pause=0.01, ETag='"k"')]
        calls = [subprocess.Popen([str(harness.ICOSA), *self.words("one")], cwd=self.folder, env=self.environment,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(2)]
        told = sorted(json.loads(call.communicate()[0])["status"] for call in calls)
        self.assertEqual(told, ["new", "unchanged"])
        self.assertEqual(len((self.folder / "f/manifest.jsonl").read_text().splitlines()), 1)

    def test_keys(self):
        self.card("locked", 'url = "https://l.example.org/api"\nform = "json"\nrecords = "d"\n[fetch.key]\n'
                            'title = "an account"\nparts = ["email", "password"]\n'
                            'from = "https://l.example.org/register"\n'
                            'in = "token"\ntoken = "https://l.example.org/token"\n'
                            'form = { user = "{email}", word = "{password}" }')
        self.server.answers = {"token": [Answer(body=json.dumps({"access_token": "t-" + SECRET}).encode())],
                               "api": [Answer(body=b'{"d":[{"day":"2026-01-01","place":"Mali","n":1}]}')]}
        line = self.fetch("locked")["locked"]
        self.assertEqual((line["status"], self.server.asked), ("denied", []))
        self.assertIn("https://l.example.org/register", line["message"])
        packs = ("--packs", "packs", "--framework", harness.FRAMEWORK)
        said = [self.icosa("keys", "set", "locked", *packs, env=self.environment, input=f"me@{SECRET}\n{SECRET}\n")]
        path = self.folder / "config/icosa/keys"
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        said.append(self.icosa("keys", "list", *packs, env=self.environment))
        self.assertIn("locked", said[-1].out)
        said.append(self.icosa("keys", "set", "one", *packs, env=self.environment, input="x\n", code=2))
        said.append(self.icosa("keys", "set", "locked", *packs, env=self.environment, input="", code=2))
        said.append(self.icosa("keys", "set", "locked", SECRET, *packs, env=self.environment, code=2))
        self.assertEqual(self.fetch("locked")["locked"]["status"], "new")
        said.append(self.said)
        self.assertIn(urllib.parse.quote(SECRET), self.server.asked[0]["body"])
        self.assertEqual(self.server.asked[1]["headers"]["Authorization"], "Bearer t-" + SECRET)
        self.server.answers["api"] = [Answer(401, f"{SECRET} is wrong".encode())]
        self.assertEqual(self.fetch("locked", code=4)["locked"]["status"], "denied")
        said.append(self.said)
        said.append(self.icosa("keys", "remove", "locked", *packs, env=self.environment))
        self.assertFalse(path.exists())
        self.environment["ICOSA_KEY_LOCKED"] = f"me {SECRET}"
        self.server.answers["api"] = [Answer(body=b'{"d":[{"day":"2026-01-02","place":"Mali","n":2}]}')]
        self.assertEqual(self.fetch("locked")["locked"]["status"], "new", "by the environment")
        said.append(self.said)
        for answer in said:
            self.assertNotIn(SECRET, answer.out + answer.err, answer.args)
        for place in ("f", "config", "data"):
            for file in (self.folder / place).rglob("*"):
                if file.is_file():
                    self.assertNotIn(SECRET.encode(), file.read_bytes(), file)

    def test_a_plan_asks_nobody(self):
        self.card("daily", 'url = "https://d.example.org/{year}{month}{day}.csv"\n[fetch.paging]\n'
                           'kind = "date-windows"\nperiod = "day"\nmost = 3')
        lines = self.fetch("--dry-run")
        self.assertEqual(set(lines), {"one", "daily"})
        self.assertEqual(len(lines["daily"]["addresses"]), 3)
        self.assertEqual(len(self.fetch("daily", "--dry-run", "--since", "2020-01-01")["daily"]["addresses"]), 40)
        self.assertIn("2 more addresses", lines["daily"]["message"])
        self.card("paged", 'url = "https://d.example.org/p?page={page}"\n[fetch.paging]\nkind = "page"\nmost = 9')
        self.assertIn("and further pages, up to 9", self.fetch("paged", "--dry-run")["paged"]["message"])
        self.assertEqual(self.server.asked, [])
        self.assertFalse((self.folder / "f").exists())

    def test_errors(self):
        for args, part in ((("two",), "no source card 'two'"), (("kev",), "does not say how it is fetched")):
            self.fetch(*args, code=2)
            self.assertIn(part, self.said.err)


if __name__ == "__main__":
    unittest.main()
