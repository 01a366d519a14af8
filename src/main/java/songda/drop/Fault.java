package songda.drop;

/** Why a file, or one document in it, is refused: a word for programs, and what its sender is to do. */
enum Fault {
    NAME(
            "文件名只能用字母、数字和 . _ -，以字母或数字开头，至多 100 个字符，并符合约定的格式",
            "a file name has letters, digits and . _ -, begins with a letter or digit, has at most 100 characters and the form agreed on"),
    NAME_TAKEN("同名文件已收过而内容不同，请换一个文件名", "a file of this name with another content was taken before: use another name"),
    EMPTY("文件是空的", "the file is empty"),
    TOO_LARGE("文件过大，请分成几个", "the file is too large: send several"),
    TOO_MANY("文件中的订单过多，请分成几个文件", "too many orders in the file: send several"),
    NOT_ZIP("不是完整的 ZIP 文件", "not a whole ZIP file"),
    ENTRY_NAME(
            "ZIP 内的文件名不得含 ..、盘符、绝对路径或控制字符",
            "a name in the ZIP has .., a drive, an absolute path or a control character"),
    SYMLINK("ZIP 内不得有符号链接", "the ZIP has a symbolic link"),
    NESTED("ZIP 内不得再有压缩文件", "the ZIP has an archive in it"),
    ENCRYPTED("ZIP 不得加密", "the ZIP is encrypted"),
    BOMB("ZIP 解开后过大", "the ZIP unpacks to too much"),
    NOT_XML("不是完整的 XML", "not well-formed XML to its end"),
    DOCTYPE("不接受 DOCTYPE", "DOCTYPE is refused"),
    CHARSET(
            "内容与声明的编码不符，约定为 GBK（GB18030）",
            "the bytes are not what the declared encoding says; GBK (GB18030) is agreed on"),
    NO_ORDER("没有订单", "there is no order in it"),
    KIND("只收 .xml", "only .xml is taken"),
    LINE_TOO_LONG("有一行过长", "a line is too long"),
    TRAILER("缺少尾行 tail|行数|md5，或尾行之后还有内容", "the last line is not tail|count|md5"),
    COUNT("尾行的行数与文件不符", "the count of the last line is wrong"),
    DIGEST("尾行的摘要与文件不符", "the digest of the last line is wrong");

    private final String zh;
    private final String en;

    Fault(String zh, String en) {
        this.zh = zh;
        this.en = en;
    }

    String words() {
        return zh + " / " + en;
    }
}
