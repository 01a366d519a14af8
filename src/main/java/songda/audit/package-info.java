/** What people and programs did to the hub itself: written with what they did, in one transaction, then sealed so that a later change shows. */
package songda.audit;
