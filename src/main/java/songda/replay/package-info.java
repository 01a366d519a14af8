/** Letters that go their way once more: through the route of their door, from behind the authentication, with the mappings of now. */
package songda.replay;
