//! The columns of one segment, opened by name.

use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::{ColumnValues, StrColumn};

/// One number per document; 0 where there is none.
pub(super) type Numbers = Arc<dyn ColumnValues<u64>>;

pub(super) fn numbers(segment: &SegmentReader, name: &str) -> tantivy::Result<Numbers> {
    segment.fast_fields().column_first_or_default::<u64>(name)
}

/// The words of a column; `None` if no document of the segment has one.
pub(super) fn words(segment: &SegmentReader, name: &str) -> tantivy::Result<Option<StrColumn>> {
    segment.fast_fields().str(name)
}
