/** What was set aside: authenticated messages that the hub could not read, kept sealed until a person mends and replays. */
package songda.deadletter;
