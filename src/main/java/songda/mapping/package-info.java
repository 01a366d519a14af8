/**
 * One shape or code translated into another: {@code mapping:<system>/<name>} runs the folder
 * {@code mappings/<system>/<name>}.
 */
package songda.mapping;
