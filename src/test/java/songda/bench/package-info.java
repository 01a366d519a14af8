/** Measurements. They print; they fail only where orders were lost or refused. */
package songda.bench;
