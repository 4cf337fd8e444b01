//! Bold or not: by the name of the face, or by the thickness of its strokes.
//!
//! Type 1 fonts do not tell their name here; their strokes are compared with those of the whole document.

use hayro_interpret::{
    font::{Glyph, GlyphRun, OutlineGlyph},
    kurbo::Shape,
};

/// Letters that are measured per run.
const MEASURED_LETTERS: usize = 6;
/// Strokes thicker than this, compared with those of most letters, are bold.
const BOLD_RATIO: f32 = 1.25;
/// Parts of face names that say bold.
const BOLD_NAMES: [&str; 6] = ["bold", "black", "heavy", "demi", "fett", "semibold"];
/// From this weight on a face is bold.
const BOLD_WEIGHT: u32 = 600;

/// How heavy a run of letters is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Weight {
    /// The face is named regular, or nothing is known.
    Regular,
    /// The face is named bold.
    Bold,
    /// The mean thickness of its strokes in thousandths of the font size.
    Strokes(f32),
}

/// Returns the weight of a run.
pub(super) fn weight_of(run: &GlyphRun<'_, '_>) -> Weight {
    let mut outlines = run.glyphs().iter().filter_map(|glyph| match &**glyph {
        Glyph::Outline(outline) => Some(outline),
        Glyph::Type3(_) => None,
    });
    let Some(first) = outlines.clone().next() else {
        return Weight::Regular;
    };
    let data = first.font_data();
    let name = data
        .as_ref()
        .and_then(|data| data.postscript_name.as_deref());
    let stated = data.as_ref().and_then(|data| data.weight);
    if let Some(name) = name {
        let name = name.to_ascii_lowercase();
        let bold = BOLD_NAMES.iter().any(|word| name.contains(word))
            || stated.is_some_and(|weight| (BOLD_WEIGHT..=1000).contains(&weight));
        return if bold { Weight::Bold } else { Weight::Regular };
    }
    strokes(&mut outlines).map_or(Weight::Regular, Weight::Strokes)
}

fn strokes<'g>(outlines: &mut impl Iterator<Item = &'g OutlineGlyph>) -> Option<f32> {
    let mut total = 0.0;
    let mut count = 0;
    for outline in outlines.take(4 * MEASURED_LETTERS) {
        let path = outline.outline();
        let (area, length) = (path.area().abs(), path.perimeter(1.0));
        // Dots and dashes have no strokes to compare.
        if length > 800.0 {
            total += 2.0 * area / length;
            count += 1;
        }
        if count == MEASURED_LETTERS {
            break;
        }
    }
    (count > 0).then(|| (total / count as f64) as f32)
}

/// The thickness of the strokes in which most of a document is set.
#[derive(Debug, Default)]
pub(super) struct Strokes {
    seen: Vec<(f32, usize)>,
}

impl Strokes {
    /// Counts the letters of a run.
    pub(super) fn count(&mut self, weight: Weight, letters: usize) {
        if let Weight::Strokes(thickness) = weight {
            self.seen.push((thickness, letters));
        }
    }

    /// Returns the thickness above which letters are bold.
    pub(super) fn bold_above(mut self) -> f32 {
        self.seen.sort_by(|a, b| a.0.total_cmp(&b.0));
        let all: usize = self.seen.iter().map(|(_, letters)| letters).sum();
        let mut below = 0;
        for (thickness, letters) in self.seen {
            below += letters;
            if 2 * below >= all {
                return thickness * BOLD_RATIO;
            }
        }
        f32::MAX
    }
}

impl Weight {
    /// Tells whether letters of this weight are bold, given the limit for the document.
    pub(super) fn is_bold(self, bold_above: f32) -> bool {
        match self {
            Self::Regular => false,
            Self::Bold => true,
            Self::Strokes(thickness) => thickness > bold_above,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strokes_of_most_letters_are_regular() {
        let mut strokes = Strokes::default();
        for (thickness, letters) in [(58.0, 400), (90.0, 60), (61.0, 500)] {
            strokes.count(Weight::Strokes(thickness), letters);
        }
        let limit = strokes.bold_above();
        assert!(Weight::Strokes(90.0).is_bold(limit));
        assert!(!Weight::Strokes(61.0).is_bold(limit));
        assert!(Weight::Bold.is_bold(limit) && !Weight::Regular.is_bold(limit));
    }

    #[test]
    fn without_measures_nothing_is_bold() {
        assert!(!Weight::Strokes(500.0).is_bold(Strokes::default().bold_above()));
    }
}
