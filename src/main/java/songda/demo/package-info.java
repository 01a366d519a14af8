/** The newcomer's three minutes: twenty orders from push to receipt, on a clock that runs fast. Only in profile demo. */
package songda.demo;
