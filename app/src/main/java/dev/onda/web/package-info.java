/** A model as a page that any web host can serve: it listens in the browser. */
@NullMarked
package dev.onda.web;

import org.jspecify.annotations.NullMarked;
