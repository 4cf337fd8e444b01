//! Hit to page: routes, pages, JSON.
