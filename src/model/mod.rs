//! What people write, one file a kind: Chinese keys, English names.
//!
//! Every field may be missing: what the regulation demands is a rule, not a type. What cannot be
//! read was cut out before (`workspace`), so that the rest of a file is still of use.

mod activity;
mod attendance;
mod decision;
mod derived;
mod holidays;
mod house;
mod kind;
mod person;
mod plan;
mod profile;
mod prose;
mod records;
pub mod scalar;
pub mod schema;
mod style;
mod submission;
mod summary;
mod text;

pub use activity::{
    Activity, ActivityKind, AgendaItem, Invitation, Minutes, Mode, Notice, Photo, PressDraft, Report, Topic,
};
pub use attendance::{Attendance, Excused, Guest, Proxy};
pub use decision::{Ballot, Decision, Method, Outcome, Reservation};
pub use derived::DerivedTable;
pub use holidays::{Holiday, Holidays};
pub use house::{HouseLevel, HouseRules, HouseSwitch, Level};
pub use kind::Kind;
pub use person::{Contact, Person, is_mail_address};
pub use plan::{BudgetChange, BudgetLine, Change, ChangeKind, Fund, Plan, PlannedMeeting, Source, Task};
pub use profile::{Direction, EmployerKind, Member, Profile, Role, SubGroup, Term};
pub use prose::{Part, Prose, TableBlock};
pub use records::{Consultation, Filing, FilingKind, Progress, Publicity, Records, Reply, Spending};
pub use style::{CharacterGrid, HouseStyle, Margins, SizeThree};
pub use submission::{
    Approval, Classification, CoverGenre, Deadline as SetDeadline, Dispatch, Returned, Stage, Submission,
};
pub use summary::{SECTIONS, Section, Summary, TaskState, TaskStatus};
pub use text::{Text, Yes, invisible};
