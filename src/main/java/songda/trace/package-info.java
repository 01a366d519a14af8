/** What ties together all that one message has brought about: in log lines, in calls to partners, in the stream of facts. */
package songda.trace;
