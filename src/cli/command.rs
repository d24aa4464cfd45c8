//! The commands and their options, in the language of the user.

use crate::report::Locale;
use crate::rulebook::Lang;
use clap::builder::{PossibleValuesParser, ValueParser};
use clap::{Arg, ArgAction, Command, value_parser};
use std::path::PathBuf;

/// The whole command line.
pub fn command(lang: Lang) -> Command {
    let locale = Locale::of(lang);
    let whole = whole(locale);
    let usage = usage(&whole, "baosong", locale);
    whole.override_usage(usage)
}

fn whole(locale: &Locale) -> Command {
    let mut command = Command::new("baosong")
        .version(clap::crate_version!())
        .about(locale.word("cli.about"))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading(locale.word("cli.commands"))
        .subcommand_value_name(locale.word("cli.usage.command"))
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
        command = command.subcommand(in_words(with_common(sub, locale), locale));
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

/// With headings, names of values and usage in the language of the user.
fn in_words(command: Command, locale: &Locale) -> Command {
    let command = command.help_template(locale.word("cli.template")).mut_args(|argument| {
        let names = argument.get_value_names().unwrap_or_default();
        let names: Vec<String> = names.iter().map(|name| value_name(name, locale)).collect();
        let argument = if names.is_empty() { argument } else { argument.value_names(names) };
        if !argument.is_positional() {
            return argument.help_heading(locale.word("cli.options"));
        }
        // A path comes last, as it may be left out.
        let place = usize::from(argument.get_id() == "path");
        argument.help_heading(locale.word("cli.arguments")).display_order(place)
    });
    let whole = format!("baosong {}", command.get_name());
    let usage = usage(&command, &whole, locale);
    command.override_usage(usage)
}

/// The usage as clap has it, but for the word that it has in English only.
fn usage(command: &Command, name: &str, locale: &Locale) -> String {
    let usage = command.clone().bin_name(name).render_usage().to_string();
    let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage);
    usage.replace("[OPTIONS]", &locale.word("cli.usage.options"))
}

/// Placeholders in capitals have words; what is to be typed as it stands has none.
fn value_name(name: &str, locale: &Locale) -> String {
    let word = |part: &str| {
        let word = format!("value.{part}");
        if locale.names().any(|name| name == word) { locale.word(&word) } else { part.to_owned() }
    };
    name.split('|').map(word).collect::<Vec<_>>().join("|")
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
    let font_path = || text("font-path").value_name("DIR").value_parser(value_parser!(PathBuf));
    vec![
        about("front").arg(path().help(locale.word("cli.front.path"))).arg(date("today")),
        about("init")
            .arg(path().help(locale.word("cli.init.path")))
            .arg(text("name").value_name("NAME"))
            .arg(text("short-name").value_name("NAME"))
            .arg(text("code").value_name("CODE"))
            .arg(text("employer").value_name("NAME"))
            .arg(text("secretariat").value_name("NAME"))
            .arg(date("founded"))
            .arg(text("members").value_name("NAME"))
            .arg(year().short(None).help(locale.word("cli.init.year")))
            .arg(text("activity").value_name("NAME"))
            .arg(date("on").help(locale.word("cli.init.on")))
            .arg(flag("yes").short('y'))
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
            .arg(flag("yes").help(locale.word("cli.new.yes")))
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
            .arg(font_path())
            .arg(flag("fix"))
            .arg(flag("dry-run").requires("fix")),
        about("build")
            .arg(path())
            .arg(output())
            .arg(flag("force"))
            .arg(flag("watch"))
            .arg(flag("open"))
            .arg(Arg::new("grid").long("grid").action(ArgAction::SetTrue).help(locale.word("cli.build.grid")))
            .arg(font_path())
            .arg(flag("strict-fonts")),
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
            .arg(year().help(locale.word("cli.year.newest")))
            .arg(
                text("stage")
                    .value_name("前|后")
                    .value_parser(PossibleValuesParser::new(["前", "后", "before", "after"]))
                    .hide_possible_values(true),
            )
            .arg(output())
            .arg(font_path())
            .arg(flag("strict-fonts")),
        about("status")
            .arg(path().help(locale.word("cli.status.path")))
            .arg(date("today"))
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
            .arg(year().help(locale.word("cli.year.newest"))),
        about("fonts").arg(path()).arg(font_path()),
        about("explain")
            .arg(Arg::new("rule").value_name("RULE").help(locale.word("cli.explain.rule")))
            .arg(path().help(locale.word("cli.explain.path")))
            .arg(flag("all").conflicts_with("rule").help(locale.word("cli.explain.all"))),
        about("eject")
            .arg(
                Arg::new("what")
                    .required(true)
                    .value_name("templates|rulebook|locale|page")
                    .value_parser(PossibleValuesParser::new(["templates", "rulebook", "locale", "page"]))
                    .hide_possible_values(true)
                    .help(locale.word("cli.eject.what")),
            )
            .arg(path().value_name("FILE|PATH").num_args(0..).help(locale.word("cli.eject.path")))
            .arg(output().help(locale.word("cli.eject.output"))),
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
        about("man").arg(output().help(locale.word("cli.man.output"))),
        about("doctor").arg(path()).arg(date("today")),
    ]
}

/// What `--format` takes, the default first, and the word that tells of it; none for what is made for one program.
fn formats(command: &str) -> Option<(&'static str, &'static str)> {
    Some(match command {
        "completions" | "man" => return None,
        "front" | "explain" | "schema" | "workday" | "doctor" => ("text|json", "cli.format.text"),
        "status" | "fonts" => ("table|json", "cli.format.table"),
        "table" => ("md|csv|json", "cli.table.format"),
        "check" => ("full|short|json|sarif", "cli.format.check"),
        _ => ("full|short|json", "cli.format"),
    })
}

fn with_common(command: Command, locale: &Locale) -> Command {
    let Some((values, help)) = formats(command.get_name()) else { return command };
    let format = Arg::new("format")
        .long("format")
        .value_name(values)
        .value_parser(PossibleValuesParser::new(values.split('|')))
        .hide_possible_values(true);
    command.arg(format.help(locale.word(help)))
}
