/** What one site does differently: its own files of routes and mappings, laid over those of the product. */
package songda.site;
