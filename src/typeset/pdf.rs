//! From pages to the file: PDF/A-3a and PDF/UA-1, the same bytes for the same pages.

use crate::compose::page::Meta;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::ecow::eco_vec;
use typst::foundations::Smart;
use typst::syntax::Span;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// Writes `document`. Its only date is the one in `meta`, which the template has set.
pub(super) fn write(document: &PagedDocument, meta: &Meta) -> SourceResult<Vec<u8>> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .map_err(|error| eco_vec![SourceDiagnostic::error(Span::detached(), error.message().clone())])?;
    let (year, month, day) = meta.date;
    typst_pdf::pdf(
        document,
        &PdfOptions {
            ident: Smart::Custom(format!("{}|{}|{year}-{month}-{day}", meta.author, meta.title)),
            creator: Smart::Custom(Some(concat!("baosong ", env!("CARGO_PKG_VERSION")).into())),
            timestamp: None,
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        },
    )
}
