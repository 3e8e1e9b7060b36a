#!/usr/bin/env python3
"""Drives the consent page in a headless browser, as a person would, and checks what the page promises.

Usage: consent_page.py PROGRAM [BROWSER]

The browser is Debian's chromium, told what to do through two pipes; nothing else is needed.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

PATIENCE = 60


class Browser:
    """One page of a browser without a window."""

    def __init__(self, program, folder):
        to_browser, ours_out = os.pipe()
        ours_in, from_browser = os.pipe()
        self.process = subprocess.Popen(
            ["sh", "-c", f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}', program,
             "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--no-proxy-server", f"--user-data-dir={folder}",
             "--remote-debugging-pipe", "about:blank"],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.out = os.fdopen(ours_out, "wb", buffering=0)
        self.source = os.fdopen(ours_in, "rb")
        self.count = 0
        self.rest = b""
        self.page = None
        target = next(one for one in self.ask("Target.getTargets")["targetInfos"]
                      if one["type"] == "page")
        self.page = self.ask("Target.attachToTarget", targetId=target["targetId"],
                             flatten=True)["sessionId"]
        self.events = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.page:
            message["sessionId"] = self.page
        self.out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self.message()
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if self.page:
                self.events.append(answer)

    def message(self):
        while b"\0" not in self.rest:
            more = self.source.read1(65536)
            if not more:
                raise RuntimeError("the browser ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def until(self, expression, what):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with contextlib.suppress(RuntimeError):
                if self.value(expression):
                    return
            time.sleep(0.05)
        raise SystemExit(f"consent page: {what}: not within {PATIENCE} s; at {self.value('location.href')}:"
                         f" {self.value('document.body.innerText')}")

    def go(self, address):
        self.ask("Page.navigate", url=address)
        self.until("document.readyState == 'complete' && location.href != 'about:blank'", "loading")

    def press(self, key, code, text=""):
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code,
                     text=text if kind == "keyDown" else "")

    def close(self):
        with contextlib.suppress(Exception):
            self.ask("Browser.close")
        self.process.wait(timeout=PATIENCE)


class Stage:
    """A served system and a home of its own, both gone afterwards."""

    def __init__(self, program, folder):
        self.program = program
        self.environment = {**os.environ, "HOME": folder, "XDG_STATE_HOME": f"{folder}/state",
                            "XDG_DATA_HOME": f"{folder}/data", "XDG_CONFIG_HOME": f"{folder}/config"}
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.server = subprocess.Popen(
            [program, "serve", "lumos", "--callers", "oauth", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, text=True, env=self.environment)
        self.url = self.server.stdout.readline().split()[-1]

    def login(self, *words):
        """A sign-in that waits for its browser, and the address of the page."""
        process = subprocess.Popen(
            [self.program, "auth", "login", self.url, "--no-browser", *words],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=self.environment)
        for line in process.stderr:
            found = re.match(r"\s+(http\S+/authorize\?\S+)", line)
            if found:
                return process, found.group(1)
        raise SystemExit("consent page: no address was printed")

    def run(self, *words):
        return subprocess.run([self.program, *words], capture_output=True, text=True,
                              env=self.environment)

    def close(self):
        self.server.terminate()
        self.server.wait()


def check(what, holds, seen=""):
    if not holds:
        raise SystemExit(f"consent page: {what}: does not hold; seen: {seen}")
    print(f"  {what}")


def ended(process, code):
    output, errors = process.communicate(timeout=PATIENCE)
    check(f"the command ends with {code}", process.returncode == code, output + errors)
    return output + errors


def allowed_by_keyboard(stage, browser):
    process, address = stage.login()
    browser.go(address)
    text = browser.value("document.body.innerText")
    check("the page names the client", "alidade" in text, text)
    check("it says in sentences what it may", "Submit access requests on your behalf." in text, text)
    check("there is no script in it", browser.value("document.scripts.length") == 0)
    check("it has a language, a title and one heading", browser.value(
        "document.documentElement.lang == 'en' && document.title != '' &&"
        " document.querySelectorAll('h1').length == 1"))
    check("every field has its label", browser.value(
        "[...document.querySelectorAll('select,input:not([type=hidden])')]"
        ".every(field => field.labels.length > 0)"))
    check("its style is taken", browser.value(
        "getComputedStyle(document.querySelector('button')).borderTopWidth") == "2px")
    for _ in range(2):
        browser.press("Tab", 9)
    check("the keyboard comes to the button that allows",
          browser.value("document.activeElement.value") == "allow",
          browser.value("document.activeElement.outerHTML"))
    browser.press("Enter", 13, "\r")
    browser.until("location.pathname == '/callback'", "the way back to the program")
    told = ended(process, 0)
    check("somebody is signed in", "signed in" in told, told)
    listed = stage.run("list", "tools", stage.url)
    check("the next call is let in", listed.returncode == 0, listed.stderr)


def remembered(stage, browser):
    process, address = stage.login()
    browser.go(address)
    browser.until("location.pathname == '/callback'", "the way back without a question")
    ended(process, 0)


def refused_by_mouse(stage, browser):
    process, address = stage.login("--forget-client")
    browser.go(address)
    box = browser.value(
        "(() => { const button = document.querySelector('button[value=deny]'); button.scrollIntoView();"
        " const box = button.getBoundingClientRect();"
        " return {x: box.x + box.width / 2, y: box.y + box.height / 2} })()")
    for kind in ("mousePressed", "mouseReleased"):
        browser.ask("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **box)
    browser.until("location.pathname == '/callback'", "the way back to the program")
    told = ended(process, 3)
    check("the refusal is told", "access was denied in the browser" in told, told)


def framed_elsewhere(stage, browser):
    process, address = stage.login("--forget-client")
    page = f"<iframe src='{address.replace('&', '&amp;')}'></iframe>"
    browser.go("data:text/html," + urllib.parse.quote(page))
    time.sleep(1)
    refused = any("frame-ancestors" in json.dumps(event) or "X-Frame-Options" in json.dumps(event)
                  for event in browser.events)
    check("a page of another site cannot frame it", refused, [e.get("method") for e in browser.events])
    process.terminate()
    process.communicate()


def quiet(browser):
    bad = [event for event in browser.events if event.get("method") == "Log.entryAdded"
           and event["params"]["entry"]["level"] == "error"
           and "favicon" not in json.dumps(event)]
    check("the browser has nothing to complain of", not bad, bad)
    foreign = [event["params"]["request"]["url"] for event in browser.events
               if event.get("method") == "Network.requestWillBeSent"
               and not event["params"]["request"]["url"].startswith("http://127.0.0.1:")]
    check("nothing is loaded from elsewhere", not foreign, foreign)


def main(program, name="chromium"):
    found = shutil.which(name)
    if not found:
        raise SystemExit(f"consent page: there is no {name}: apt-get install chromium")
    program = str(pathlib.Path(program).resolve())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stage = Stage(program, folder)
        browser = Browser(found, f"{folder}/browser")
        try:
            allowed_by_keyboard(stage, browser)
            remembered(stage, browser)
            refused_by_mouse(stage, browser)
            quiet(browser)
            framed_elsewhere(stage, browser)
        finally:
            browser.close()
            stage.close()
    print("consent page: all of it holds")


if __name__ == "__main__":
    main(*sys.argv[1:])
