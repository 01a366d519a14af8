/** The envelope of the postal system's open platform, as the post writes it. */
package songda.postal;
