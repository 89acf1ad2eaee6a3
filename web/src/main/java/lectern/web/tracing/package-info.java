/**
 * Traces of requests by OpenTelemetry (ADR 40). Without an endpoint for them nothing of
 * this package is loaded but the filter that says so.
 */
@NullMarked
package lectern.web.tracing;

import org.jspecify.annotations.NullMarked;
