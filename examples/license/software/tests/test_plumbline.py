"""Run with: python3 -m unittest discover software/tests"""
import base64
import contextlib
import datetime
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
program = pathlib.Path(__file__).resolve().parent.parent / "bin" / "plumbline"
loader = importlib.machinery.SourceFileLoader("plumbline", str(program))
plumbline = importlib.util.module_from_spec(importlib.util.spec_from_loader("plumbline", loader))
loader.exec_module(plumbline)


class PlumblineTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.run_openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "signing")
        self.run_openssl("ec", "-in", "signing", "-pubout", "-out", "public")
        self.watched = self.folder / "watched"
        self.watched.mkdir()
        (self.watched / "app.conf").write_text("port = 80\n")
        (self.watched / "notes.swp").write_text("")
        (self.folder / "conf").write_text(
            f"[plumbline]\nwatch =\n    {self.watched}\nignore =\n    *.swp\n"
            f"baseline = {self.folder}/state/baseline.json\n"
            f"license = {self.folder}/license.json\npublic_key = {self.folder}/public\n"
        )
        self.issue(holder="Test", expires="2999-12-31")

    def run_openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def issue(self, **terms):
        (self.folder / "terms").write_text(json.dumps(terms, sort_keys=True, separators=(",", ":")))
        self.run_openssl("dgst", "-sha256", "-sign", "signing", "-out", "mark", "terms")
        mark = base64.b64encode((self.folder / "mark").read_bytes()).decode()
        (self.folder / "license.json").write_text(json.dumps({"license": terms, "signature": mark}))

    def plumbline(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = plumbline.main(["--config", str(self.folder / "conf"), *arguments])
        return code, out.getvalue(), err.getvalue()

    def test_reports_deviations(self):
        self.assertEqual(self.plumbline("baseline")[0], plumbline.OK)
        self.assertEqual(self.plumbline("check")[0], plumbline.OK)
        (self.watched / "app.conf").write_text("port = 8080\n")
        (self.watched / "new.conf").write_text("")
        code, out, _ = self.plumbline("check", "--json")
        self.assertEqual(code, plumbline.DEVIATION)
        rows = [(row["kind"], pathlib.Path(row["path"]).name, row["differs"]) for row in json.loads(out)]
        self.assertEqual(rows, [("changed", "app.conf", "sha256"), ("added", "new.conf", "")])

    def test_refuses_a_changed_license(self):
        path = self.folder / "license.json"
        path.write_text(path.read_text().replace("2999", "3999"))
        code, _, err = self.plumbline("check")
        self.assertEqual(code, plumbline.LICENSE)
        self.assertIn("signature", err)

    def test_refuses_an_ended_license(self):
        self.issue(holder="Test", expires="2020-01-31")
        self.assertEqual(self.plumbline("license")[0], plumbline.LICENSE)

    def test_a_license_runs_to_the_end_of_its_last_day(self):
        self.issue(holder="Test", expires="2030-06-30")
        last = datetime.date(2030, 6, 30)
        files = str(self.folder / "license.json"), str(self.folder / "public")
        self.assertEqual(plumbline.check_license(*files, today=last)["holder"], "Test")
        with self.assertRaises(plumbline.LicenseError):
            plumbline.check_license(*files, today=last + datetime.timedelta(days=1))


if __name__ == "__main__":
    unittest.main()
