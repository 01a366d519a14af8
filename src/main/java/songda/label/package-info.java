/** The thermal label: what the citizen's envelope carries. */
package songda.label;
