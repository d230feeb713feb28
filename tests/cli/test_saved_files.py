"""A file that a person names: through links, into pipes, in place of an old one."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from rooms import NEW, file, names

from padctl.store.replacing import save_file


def test_a_report_goes_through_links_and_into_pipes(tmp_path: Path) -> None:
    path, link = file(tmp_path), tmp_path / "link.md"
    link.symlink_to("pad.md")
    number = path.stat().st_ino
    save_file(link, NEW)
    assert link.is_symlink()
    assert path.read_bytes() == NEW
    assert path.stat().st_ino != number  # in one step
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    save_file(pipe, NEW)
    assert reader.communicate()[0] == NEW
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert names(tmp_path) == ["home", "link.md", "pad.md", "pipe"]


def test_a_report_in_a_folder_where_nothing_new_may_be_made() -> None:
    script = "import os; from padctl.store.replacing import save_file; os.geteuid() or os.setuid(65534); save_file"
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = file(folder, bits=0o666)
        number = path.stat().st_ino
        folder.chmod(0o555)
        call = f"from pathlib import Path; {script}(Path({str(path)!r}), b'new')"
        subprocess.run([sys.executable, "-c", call], check=True)
        folder.chmod(0o755)
        assert path.read_bytes() == b"new"
        assert path.stat().st_ino == number
