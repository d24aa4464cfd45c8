//! The commands and their options, in the language of the user.

use crate::report::Locale;
use crate::rulebook::Lang;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

/// The whole command line.
pub fn command(lang: Lang) -> Command {
    let locale = Locale::of(lang);
    let mut command = Command::new("baosong")
        .version(clap::crate_version!())
        .about(locale.word("cli.about"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading(locale.word("cli.commands"))
        .help_template(locale.word("cli.template"))
        .next_help_heading(locale.word("cli.options"))
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help(locale.word("cli.version")),
        );
    for sub in subcommands(locale) {
        let heading = locale.word("cli.arguments");
        let sub = sub.help_template(locale.word("cli.template")).mut_args(|argument| {
            if !argument.is_positional() {
                return argument;
            }
            // A path comes last, as it may be left out.
            let place = usize::from(argument.get_id() == "path");
            argument.help_heading(heading.clone()).display_order(place)
        });
        command = command.subcommand(with_common(sub, locale));
    }
    command
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .global(true)
                .action(ArgAction::Help)
                .help(locale.word("cli.help")),
        )
        .arg(
            Arg::new("lang")
                .long("lang")
                .global(true)
                .value_name("zh|en")
                .value_parser(PossibleValuesParser::new(["zh", "en"]))
                .hide_possible_values(true)
                .help(locale.word("cli.lang")),
        )
}

fn subcommands(locale: &Locale) -> Vec<Command> {
    let about = |name: &'static str| {
        Command::new(name)
            .about(locale.word(&format!("cli.{name}")))
            .after_help(locale.word(&format!("cli.{name}.example")))
    };
    let path = || {
        Arg::new("path").value_name("PATH").value_parser(value_parser!(PathBuf)).help(locale.word("cli.path"))
    };
    let text = |name: &'static str| Arg::new(name).long(name).help(locale.word(&format!("cli.{name}")));
    let date = |name: &'static str| {
        text(name).value_name("DATE").value_parser(value_parser!(crate::model::scalar::Date))
    };
    let flag = |name: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(locale.word(&format!("cli.{name}")))
    };
    let year = || {
        let years = ValueParser::from(value_parser!(u16).range(1949..=2100));
        text("year").short('y').value_name("YEAR").value_parser(years)
    };
    let output = || text("output").short('o').value_name("DIR").value_parser(value_parser!(PathBuf));
    vec![
        about("init")
            .arg(path().help(locale.word("cli.init.path")))
            .arg(text("name").value_name("NAME"))
            .arg(text("short-name").value_name("NAME"))
            .arg(text("code").value_name("CODE"))
            .arg(text("employer").value_name("NAME"))
            .arg(date("founded"))
            .arg(date("today")),
        about("new")
            .arg(
                Arg::new("kind")
                    .required(true)
                    .value_name("plan|activity|summary|records|holidays|rules|year")
                    .value_parser(PossibleValuesParser::new([
                        "plan", "activity", "summary", "records", "holidays", "rules", "year",
                    ]))
                    .hide_possible_values(true)
                    .help(locale.word("cli.new.kind")),
            )
            .arg(path().num_args(0..=2).help(locale.word("cli.new.path")))
            .arg(year())
            .arg(text("title").value_name("NAME"))
            .arg(date("on"))
            .arg(date("today")),
        about("check")
            .arg(path())
            .arg(
                Arg::new("for")
                    .long("for")
                    .value_name("draft|submit")
                    .value_parser(PossibleValuesParser::new(["draft", "submit"]))
                    .hide_possible_values(true)
                    .help(locale.word("cli.check.for")),
            )
            .arg(flag("fix"))
            .arg(flag("dry-run").requires("fix")),
        about("build").arg(path()).arg(output()).arg(flag("force")).arg(flag("watch")).arg(flag("open")).arg(
            Arg::new("grid").long("grid").action(ArgAction::SetTrue).help(locale.word("cli.build.grid")),
        ),
        about("pack")
            .arg(
                Arg::new("what")
                    .required(true)
                    .value_name("plan|activity|summary|year")
                    .value_parser(PossibleValuesParser::new(["plan", "activity", "summary", "year"]))
                    .hide_possible_values(true)
                    .help(locale.word("cli.pack.what")),
            )
            .arg(path())
            .arg(year())
            .arg(
                text("stage")
                    .value_name("前|后")
                    .value_parser(PossibleValuesParser::new(["前", "后", "before", "after"]))
                    .hide_possible_values(true),
            )
            .arg(output()),
        about("status")
            .arg(path().help(locale.word("cli.status.path")))
            .arg(date("today"))
            .arg(
                Arg::new("format")
                    .long("format")
                    .value_name("table|json")
                    .value_parser(PossibleValuesParser::new(["table", "json"]))
                    .hide_possible_values(true)
                    .help(locale.word("cli.status.format")),
            )
            .arg(text("ics").value_name("FILE").value_parser(value_parser!(PathBuf))),
        about("sent")
            .arg(Arg::new("item").required(true).value_name("ITEM").help(locale.word("cli.sent.item")))
            .arg(path())
            .arg(date("on").help(locale.word("cli.sent.on")))
            .arg(text("by").value_name("WAY"))
            .arg(date("paper"))
            .arg(date("today")),
        about("receipt")
            .arg(
                Arg::new("file")
                    .required(true)
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .help(locale.word("cli.receipt.file")),
            )
            .arg(path()),
        about("workday")
            .arg(
                Arg::new("date")
                    .required(true)
                    .value_name("DATE")
                    .value_parser(value_parser!(crate::model::scalar::Date))
                    .help(locale.word("cli.workday.date")),
            )
            .arg(
                Arg::new("to")
                    .value_name("+N|-N|DATE")
                    .allow_negative_numbers(true)
                    .help(locale.word("cli.workday.to")),
            ),
        about("verify").arg(
            Arg::new("path")
                .required(true)
                .value_name("FILE|DIR")
                .value_parser(value_parser!(PathBuf))
                .help(locale.word("cli.verify.path")),
        ),
        about("table")
            .arg(Arg::new("table").value_name("NAME").help(locale.word("cli.table.name")))
            .arg(path())
            .arg(year())
            .arg(
                Arg::new("format")
                    .long("format")
                    .value_name("md|csv|json")
                    .value_parser(PossibleValuesParser::new(["md", "csv", "json"]))
                    .hide_possible_values(true)
                    .help(locale.word("cli.table.format")),
            ),
        about("explain")
            .arg(Arg::new("rule").value_name("RULE").help(locale.word("cli.explain.rule")))
            .arg(path().help(locale.word("cli.explain.path")))
            .arg(flag("all").conflicts_with("rule").help(locale.word("cli.explain.all"))),
        about("schema")
            .arg(Arg::new("kind").value_name("KIND").help(locale.word("cli.schema.kind")))
            .arg(output().help(locale.word("cli.schema.output"))),
        about("completions").arg(
            Arg::new("shell")
                .required(true)
                .value_name("SHELL")
                .value_parser(value_parser!(clap_complete::Shell))
                .hide_possible_values(true)
                .help(locale.word("cli.completions.shell")),
        ),
    ]
}

fn with_common(command: Command, locale: &Locale) -> Command {
    let own = ["schema", "completions", "explain", "table", "status", "workday"];
    let prints_findings = !own.contains(&command.get_name());
    if !prints_findings {
        return command;
    }
    let forms = if command.get_name() == "build" { "full|short|json" } else { "full|short" };
    command.arg(
        Arg::new("format")
            .long("format")
            .value_name(forms)
            .value_parser(PossibleValuesParser::new(forms.split('|')))
            .hide_possible_values(true)
            .help(locale.word("cli.format")),
    )
}
