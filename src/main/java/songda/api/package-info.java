/** The public door: admission, signatures, problem+json, and the only way from HTTP into a route and back. */
package songda.api;
