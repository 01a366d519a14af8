/** Labels and lists: a template that a person can change ({@code mappings/label}) and what a mapping says become dots. */
package songda.label;
