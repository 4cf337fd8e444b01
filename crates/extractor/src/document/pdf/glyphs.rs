//! The letters of a page where the interpreter of the content stream puts them.

use std::panic;

use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask,
    font::{Glyph as Drawn, GlyphRun, PositionedGlyph},
    kurbo::{Affine, BezPath, Point},
};

use super::unicode::{self, Letters};
use super::weight::{Weight, weight_of};

/// A page with more letters is no page of a protocol.
const GLYPH_LIMIT: usize = 200_000;
/// A page with more strokes is a map or an attack; its text is cut off there.
const PATH_LIMIT: usize = 2_000_000;

/// The direction in which a line of text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    /// As on an upright page.
    Right,
    /// Turned clockwise.
    Down,
    /// Upside down.
    Left,
    /// Turned counter-clockwise.
    Up,
}

/// One letter, in a frame in which its line runs to the right and y grows downwards.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// What it says.
    pub letters: Letters,
    /// Left edge.
    pub x0: f32,
    /// Right edge, by the width that the font states.
    pub x1: f32,
    /// Base line.
    pub y: f32,
    /// Font size in points.
    pub size: f32,
    /// The run of letters it was drawn with.
    pub run: u32,
    /// The direction of its line.
    pub direction: Direction,
}

/// Thrown through the interpreter when a page exceeds the limits.
struct LimitReached;

/// Collects the letters of one page.
#[derive(Debug, Default)]
pub(super) struct Collector {
    /// The letters, in the order of the content stream.
    pub glyphs: Vec<Glyph>,
    /// How heavy each run of letters is.
    pub weights: Vec<Weight>,
    /// Width and height of the page.
    size: (f32, f32),
    /// Letters so far, those outside of the page included.
    seen: usize,
    paths: usize,
    last_start: Option<Point>,
}

impl Collector {
    /// Prepares for a page of a width and height.
    pub(super) fn new(size: (f32, f32)) -> Self {
        Self {
            size,
            ..Self::default()
        }
    }

    fn push(&mut self, glyph: &PositionedGlyph<'_>, place: Affine, narrowing: f64) {
        let origin = place * Point::ORIGIN;
        let coefficients = place.as_coeffs();
        let (along_x, along_y) = (coefficients[0], coefficients[1]);
        let size = 1000.0 * coefficients[2].hypot(coefficients[3]);
        let inside = (-20.0..f64::from(self.size.0) + 20.0).contains(&origin.x)
            && (-20.0..f64::from(self.size.1) + 20.0).contains(&origin.y);
        if !inside || !size.is_finite() || !(0.5..1000.0).contains(&size) {
            return;
        }
        let direction = Direction::of(along_x, along_y);
        let (x, y) = direction.turn(origin, self.size);
        let width = f64::from(advance(glyph)) / 1000.0 * size * narrowing;
        self.glyphs.push(Glyph {
            letters: unicode::letters(glyph),
            x0: x as f32,
            x1: (x + width.clamp(0.0, 3.0 * size)) as f32,
            y: y as f32,
            size: size as f32,
            run: u32::try_from(self.weights.len() - 1).unwrap_or(u32::MAX),
            direction,
        });
    }

    fn count_path(&mut self) {
        self.paths += 1;
        if self.paths > PATH_LIMIT {
            panic::resume_unwind(Box::new(LimitReached));
        }
    }
}

impl Direction {
    fn of(along_x: f64, along_y: f64) -> Self {
        match (
            along_x.abs() >= along_y.abs(),
            along_x >= 0.0,
            along_y >= 0.0,
        ) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// The point on the page turned so that the line runs to the right.
    fn turn(self, point: Point, (width, height): (f32, f32)) -> (f64, f64) {
        let (width, height) = (f64::from(width), f64::from(height));
        match self {
            Self::Right => (point.x, point.y),
            Self::Left => (width - point.x, height - point.y),
            Self::Down => (point.y, width - point.x),
            Self::Up => (height - point.y, point.x),
        }
    }
}

/// How much narrower or wider than high a run is set.
///
/// Substitutes for fonts that the file does not hold are stretched letter by letter to the widths that the
/// file states; only a stretch that all letters share was meant by the author.
fn narrowing(glyphs: &[PositionedGlyph<'_>], outer: Affine) -> f64 {
    let mut ratios = glyphs.iter().map(|glyph| {
        let [a, b, c, d, ..] = (outer * glyph.transform()).as_coeffs();
        a.hypot(b) / c.hypot(d)
    });
    let first = ratios.next().unwrap_or(1.0);
    let shared = ratios.len() > 1 && ratios.all(|ratio| (ratio - first).abs() < 0.01 * first);
    if shared && first.is_finite() {
        first
    } else {
        1.0
    }
}

fn advance(glyph: &PositionedGlyph<'_>) -> f32 {
    let stated = match &**glyph {
        Drawn::Outline(outline) => outline.advance_width(),
        Drawn::Type3(glyph) => glyph.advance_width(),
    };
    stated.filter(|width| width.is_finite()).unwrap_or(500.0)
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else {
            return;
        };
        let start = props.transform * first.transform() * Point::ORIGIN;
        let again = self.last_start.replace(start) == Some(start);
        if again && matches!(mode, DrawMode::Stroke(_)) {
            // Filled and stroked in the same place: the way programs make a face bold.
            if let Some(weight) = self.weights.last_mut() {
                *weight = Weight::Bold;
            }
            return;
        }
        self.seen += run.glyphs().len();
        if self.seen > GLYPH_LIMIT {
            panic::resume_unwind(Box::new(LimitReached));
        }
        self.weights.push(weight_of(run));
        let narrowing = narrowing(run.glyphs(), props.transform);
        for glyph in run.glyphs() {
            self.push(glyph, props.transform * glyph.transform(), narrowing);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count_path();
    }

    fn draw_rect(&mut self, _: &hayro_interpret::kurbo::Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.count_path();
    }

    fn push_clip_rect(&mut self, _: &hayro_interpret::kurbo::Rect) {
        self.count_path();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count_path();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.count_path();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count_path();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Tells why the interpretation of a page broke off.
pub(super) fn reason(payload: &(dyn std::any::Any + Send)) -> &'static str {
    if payload.is::<LimitReached>() {
        "it holds more letters or strokes than are read"
    } else {
        "its content stream is damaged"
    }
}
