/** Which days are worked, which hours are served, when a delivery round ends: data of {@code mappings/calendar/}. */
package songda.calendar;
