//! Everything that needs the whole program: the real executable in folders of its own, the shipped
//! example from YAML to bundle, and the promises that hold over all of it.

mod architecture;
mod bundle;
mod cli;
mod determinism;
mod example;
mod hostile;
mod paper;
mod program;
mod robust;
