"""The Debian package in a bare root: it installs with what it says it depends on, and makes the starter dossier there
as the build tree's binary makes it here, with no source tree. The ways, best first; which one was taken is printed:

  chroot    as root, with debootstrap: Debian's minimal system from the mirror that this machine's apt uses, kept in the
            build folder for the next time
  unpacked  else: dpkg-deb --extract into a folder, run from there without an environment
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import harness

BUILD = pathlib.Path(sys.argv.pop(1)).resolve() if len(sys.argv) > 1 else harness.ICOSA.parent
KEPT = BUILD / "bare-root"
BARE = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
PAGES = ("dossier.json", "dossier.md", "index.html")
STARTER = ["icosa ingest data/starter --recursive --db {0}/s.duckdb", "icosa run --db {0}/s.duckdb --out {0}/out"]


class CannotHere(Exception):
    """This way is not to be had on this machine; the text says why."""


def told(*command, **more):
    """What a command prints; CannotHere with its last words if it fails."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace", **more)
    if done.returncode != 0:
        last = (done.stderr + done.stdout).strip().splitlines()[-1:] or ["nothing said"]
        raise CannotHere(f"{command[0]} exits {done.returncode}: {last[0]}")
    return done.stdout


def debootstrap():
    """The command and its environment: this machine's own, or that of Debian's package, unpacked but not installed."""
    if found := shutil.which("debootstrap", path=os.environ["PATH"] + ":/usr/sbin"):
        return [found], dict(os.environ)
    tools = KEPT / "debootstrap"
    if not tools.is_dir():
        with tempfile.TemporaryDirectory() as folder:
            told("apt-get", "download", "debootstrap", cwd=folder)
            told("dpkg-deb", "--extract", next(pathlib.Path(folder).glob("*.deb")), tools)
    environment = {**os.environ, "DEBOOTSTRAP_DIR": str(tools / "usr/share/debootstrap")}
    return [str(tools / "usr/sbin/debootstrap")], environment


def mirror(codename):
    """The address from which this machine's apt has Debian's own packages."""
    columns = "$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)"
    for line in told("apt-get", "indextargets", "--format", columns, "Created-By: Packages").splitlines():
        if (words := line.split())[1:] == [codename, "main", "Debian"]:
            return words[0]
    raise CannotHere(f"apt knows no mirror of Debian {codename}, or its lists are not there (apt-get update)")


def bare_root(depends, folder):
    """A minimal Debian and the packages named, in `folder`."""
    if os.geteuid() != 0:
        raise CannotHere("not root")
    if not shutil.which("unshare"):
        raise CannotHere("no unshare")
    told("unshare", "--mount", "true")
    release = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    codename = (re.findall(r"^VERSION_CODENAME=(\w+)$", release, re.M) or [""])[0]
    kept = KEPT / f"{codename}-{'-'.join(sorted(depends))}.tar"
    if not kept.exists():
        print(f"building {kept}", flush=True)
        KEPT.mkdir(parents=True, exist_ok=True)
        command, environment = debootstrap()
        with tempfile.TemporaryDirectory(dir=KEPT) as fresh:
            root = pathlib.Path(fresh) / "root"
            words = ["--variant=minbase", f"--include={','.join(sorted(depends))}", codename, root, mirror(codename)]
            told(*command, *words, env=environment)
            left_out = ["--one-file-system", "--exclude=./var/cache/apt/archives/*.deb"]
            told("tar", "--create", "--file", f"{fresh}/root.tar", *left_out, "--directory", root, ".")
            os.rename(f"{fresh}/root.tar", kept)
    told("tar", "--extract", "--file", kept, "--directory", folder)


class Package(harness.Case):
    def pack(self):
        # gzip instead of xz: a minute less, and the same files
        quick = ["-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip"]
        told("cpack", "--config", BUILD / "CPackConfig.cmake", *quick, "-B", self.folder / "deb")
        (package,) = (self.folder / "deb").glob("*.deb")
        fields = dict(re.findall(r"^([\w-]+): (.*)$", told("dpkg-deb", "--field", package), re.M))
        installed = int(fields["Installed-Size"]) / 1000
        print(f"{package.name}: {package.stat().st_size / 1e6:.1f} MB, {installed:.0f} MB installed", flush=True)
        print(f"depends on {fields['Depends']}", flush=True)
        wanted = {"Package": "icosa", "Section": "science", "Maintainer": "Icosa developers"}
        self.assertEqual({name: fields[name] for name in wanted}, wanted)
        return package, fields

    def here(self):
        """The starter dossier by the build tree's binary, from the source tree."""
        for line in STARTER:
            words = line.format(self.folder).split()[1:]
            done = subprocess.run([harness.ICOSA, *words], cwd=harness.ROOT, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        packs = harness.json.loads(self.icosa("check", "--json").out)["packs"]
        return self.pages(self.folder / "out", packs, self.folder)

    @staticmethod
    def pages(folder, packs, stores):
        """The three pages, line by line. A signal that rests on packs names their files by full path, and a command
        names the store by its own: these two folders are the only difference allowed."""
        texts = {page: (folder / page).read_text(encoding="utf-8") for page in PAGES}
        texts = {page: text.replace(f"{packs}/", "PACKS/") for page, text in texts.items()}
        return {page: text.replace(f"{stores}/", "STORES/").splitlines() for page, text in texts.items()}

    def same_dossier(self, out, packs, stores):
        there, here = self.pages(out, packs, stores), self.here()
        self.assertGreater(sum(map(len, here.values())), 10_000)
        for page in PAGES:
            differ = [(a, b) for a, b in zip(there[page], here[page]) if a != b]
            self.assertEqual((differ[:2], len(there[page])), ([], len(here[page])), page)

    def in_chroot(self, package, fields):
        depends = sorted(re.split(r"[ (|]", one)[0] for one in fields["Depends"].split(", "))
        root = self.folder / "root"
        root.mkdir()
        bare_root(depends, root)

        def inside(script, code=0):
            # /proc is mounted in a namespace of its own and goes with it
            script = f"mount -t proc proc {root}/proc && exec chroot {root} /bin/sh -ec '{script}'"
            words = ["unshare", "--mount", "/bin/sh", "-ec", script]
            done = subprocess.run(words, env=BARE, capture_output=True, text=True)
            self.assertEqual(done.returncode, code, f"{script}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
            return done.stdout

        shutil.copy(package, root / "tmp" / "icosa.deb")
        inside("dpkg --install /tmp/icosa.deb")
        self.assertIn("install ok installed", inside("dpkg --status icosa"))
        self.assertEqual(inside("dpkg --verify icosa"), "")
        self.assertIn("/usr/bin/../lib/icosa/libduckdb.so", inside("ldd /usr/bin/icosa"))
        inside("cd /tmp && icosa check")
        inside("cd /usr/share/icosa && " + " && ".join(line.format("/tmp") for line in STARTER))
        self.same_dossier(root / "tmp" / "out", "/usr/share/icosa/packs", "/tmp")
        inside("cd / && icosa ingest /usr/share/icosa/data/starter --recursive --db /tmp/full.duckdb")
        inside("dpkg --purge icosa")
        for left in ("usr/bin/icosa", "usr/lib/icosa", "usr/share/icosa", "usr/share/doc/icosa"):
            self.assertFalse((root / left).exists(), f"{left} is left after the package was purged")

    def unpacked(self, package):
        root = self.folder / "unpacked"
        told("dpkg-deb", "--extract", package, root)
        for line in STARTER:
            words = line.format(self.folder / "unpacked").split()[1:]
            binary, cwd = root / "usr/bin/icosa", root / "usr/share/icosa"
            done = subprocess.run([binary, *words], cwd=cwd, env=BARE, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.same_dossier(root / "out", root / "usr/share/icosa/packs", root)

    def test_package(self):
        for tool in ("cpack", "dpkg-deb", "dpkg-shlibdeps", "file"):
            if not shutil.which(tool):
                print(f"SKIPPED: no {tool} here")
                os._exit(harness.SKIPPED)
        package, fields = self.pack()
        listed = told("dpkg-deb", "--contents", package).splitlines()
        self.assertEqual([line for line in listed if line.split()[1] != "root/root"], [], "every file is root's")
        try:
            self.in_chroot(package, fields)
            print("way: chroot", flush=True)
        except CannotHere as why:
            print(f"way: unpacked, since the chroot is not to be had here: {why}", flush=True)
            self.unpacked(package)


if __name__ == "__main__":
    harness.main()
