/** Numbers as pictures and as sheets, for letters and reports. */
package songda.chart;
