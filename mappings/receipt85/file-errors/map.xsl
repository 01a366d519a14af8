<?xml version="1.0" encoding="UTF-8"?>
<!-- What became of a file of receipts -> its .err file, or nothing where all of it was taken: err|line|code|what is wrong, line 0 is the whole file. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" exclude-result-prefixes="#all">
  <xsl:param name="json"/>
  <xsl:output method="text"/>

  <xsl:template name="xsl:initial-template">
    <xsl:variable name="in" select="parse-json($json)"/>
    <xsl:variable name="file" select="if ($in?file?fault) then 'err|0|' || $in?file?fault || '|' || translate($in?file?reason, '|', '/') || '&#13;&#10;' else ()"/>
    <xsl:variable name="lines" select="$in?lines?* ! ('err|' || ?no || '|LINE|' || translate(?reason, '|', '/') || '&#13;&#10;')"/>
    <xsl:value-of select="$file, $lines" separator=""/>
  </xsl:template>
</xsl:stylesheet>
