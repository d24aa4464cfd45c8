//! What a run shows on a terminal only, and what happens where the system lets nobody watch.

use crate::program::{Ran, baosong, copy, ran, small};
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a line of a shell in `folder` with the program as `$BAOSONG`; a terminal's colours are left out.
fn shell(folder: &Path, line: &str) -> Ran {
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).env("BAOSONG", env!("CARGO_BIN_EXE_baosong")).env("NO_COLOR", "1");
    ran(shell.current_dir(folder).stdin(Stdio::null()))
}

/// `arguments` in a terminal of `script`'s, which shows both streams; none where there is no such command.
fn in_terminal(folder: &Path, arguments: &str) -> Option<String> {
    let known = Command::new("script").arg("--version").output().is_ok_and(|known| known.status.success());
    known.then(|| shell(folder, &format!("script -qec '\"$BAOSONG\" {arguments}' /dev/null")).out)
}

#[test]
fn progress_is_one_line_and_shown_on_terminals_only() {
    let (_folder, root) = small();
    let piped = baosong(&root, ["build"]).ends_with(0);
    assert_eq!(piped.err, "");
    assert!(!piped.out.contains('\r'), "{}", piped.out);
    let Some(shown) = in_terminal(&root, "build --force") else { return };
    let (line, rest) = shown.split_at(shown.find("已生成").unwrap());
    assert!(line.starts_with("\r0/1\r1/1 年度工作计划\r"), "{line:?}");
    assert!(line.ends_with("  \r") && !line.contains('\n'), "{line:?}");
    assert!(rest.contains("年度工作计划.pdf"), "{rest}");
    // Nothing to set: no line. JSON: nothing but JSON.
    let quiet = in_terminal(&root, "build").unwrap();
    assert!(!quiet.contains("0/") && !quiet.contains("1/1"), "{quiet:?}");
    let json = in_terminal(&root, "build --force --format json").unwrap();
    serde_json::from_str::<serde_json::Value>(&json).unwrap();
}

#[test]
fn several_workspaces_are_counted_through() {
    let (folder, root) = small();
    copy(&root, &folder.path().join("组二"));
    let Some(shown) = in_terminal(folder.path(), "build --force") else { return };
    for part in ["\r1 ", "\r2 ", " 组二 年度工作计划"] {
        assert!(shown.contains(part), "{part:?} {shown:?}");
    }
}

/// A system gives out only so many ways to watch; here a process may open too few files for one.
#[cfg(target_os = "linux")]
#[test]
fn where_nobody_can_watch_that_is_said() {
    let (_folder, root) = small();
    let refused = shell(&root, "ulimit -n 5; exec \"$BAOSONG\" build --watch").ends_with(2);
    assert!(
        refused.err.contains("[run/cannot-watch]") && refused.err.contains("办法：不用 --watch"),
        "{}",
        refused.err
    );
    assert!(!root.join("输出").exists());
    let json = shell(&root, "ulimit -n 5; exec \"$BAOSONG\" build --watch --format json").ends_with(2);
    assert!(json.out.contains("\"run/cannot-watch\"") && json.err.is_empty(), "{}{}", json.out, json.err);
}
