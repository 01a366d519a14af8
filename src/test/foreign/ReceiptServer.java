import jakarta.jws.WebMethod;
import jakarta.jws.WebParam;
import jakarta.jws.WebResult;
import jakarta.jws.WebService;
import jakarta.jws.soap.SOAPBinding;
import jakarta.xml.bind.annotation.XmlAccessType;
import jakarta.xml.bind.annotation.XmlAccessorType;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlType;
import jakarta.xml.ws.RequestWrapper;
import jakarta.xml.ws.ResponseWrapper;
import jakarta.xml.ws.WebFault;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.jaxws.JaxWsServerFactoryBean;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;

/**
 * The 85 system as Apache CXF serves it from the WSDL, with its own idea of SOAP, of GBK and of faults; requests are held against the schema. A
 * program of its own: CXF brings another XML parser, which must not become the hub's.
 *
 * <pre>java -cp 'target/foreign-lib/*' src/test/foreign/ReceiptServer.java receipt85.wsdl</pre>
 *
 * It says its port, then answers {@code ok} to each line that it reads: {@code row}, TAB, waybill, TAB, status, TAB, signer, TAB, time, TAB, serial
 * number; or {@code end-sessions}. It ends with its input.
 */
public final class ReceiptServer {

    static final String NAMESPACE = "urn:cn:post:85:receipt";

    @WebService(name = "Receipts", targetNamespace = NAMESPACE)
    public interface Receipts {

        @WebMethod(action = NAMESPACE + "/login")
        @RequestWrapper(localName = "login", targetNamespace = NAMESPACE)
        @ResponseWrapper(localName = "loginResponse", targetNamespace = NAMESPACE)
        @WebResult(name = "result")
        LoginResult login(@WebParam(name = "userName") String user, @WebParam(name = "password") String password);

        @WebMethod(action = NAMESPACE + "/queryReceipt")
        @SOAPBinding(parameterStyle = SOAPBinding.ParameterStyle.BARE)
        @WebResult(name = "queryReceiptResponse", partName = "parameters", targetNamespace = NAMESPACE)
        PageAnswer queryReceipt(
                @WebParam(name = "sessionId", partName = "sessionId", header = true, targetNamespace = NAMESPACE)
                        String session,
                @WebParam(name = "queryReceipt", partName = "parameters", targetNamespace = NAMESPACE)
                        PageQuestion asked)
                throws NotLoggedIn;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "loginResult", namespace = NAMESPACE)
    public static class LoginResult {
        public String ret;
        public String msg;
        public String sessionId;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "queryReceipt", namespace = NAMESPACE)
    public static class PageQuestion {
        public String orgCode;
        public String beginTime;
        public String endTime;
        public int pageNo;
        public int pageSize;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "queryReceiptResponse", namespace = NAMESPACE)
    public static class PageAnswer {
        public ReceiptPage result = new ReceiptPage();
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "receiptPage", namespace = NAMESPACE)
    public static class ReceiptPage {
        public String ret;
        public String msg;
        public Integer total;
        public Integer pageNo;

        @XmlElement(name = "row")
        public List<Receipt> rows = new ArrayList<>();
    }

    /** Under the names of the schema. */
    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "receipt", namespace = NAMESPACE)
    public static class Receipt {
        public String mail_num;
        public String receipt_mail_num;
        public String sign_sts_code;
        public String signer_name;
        public String receipt_sts;
        public String op_time;
        public String serialnumber;
        public String effect;
    }

    @XmlAccessorType(XmlAccessType.FIELD)
    @XmlType(name = "fault", namespace = NAMESPACE)
    public static class Fault {
        public String code;
        public String message;
    }

    @WebFault(name = "fault", targetNamespace = NAMESPACE)
    public static class NotLoggedIn extends Exception {

        private static final long serialVersionUID = 1L;
        private final transient Fault fault = new Fault();

        NotLoggedIn() {
            super("会话已失效");
            fault.code = "1002";
            fault.message = getMessage();
        }

        public Fault getFaultInfo() {
            return fault;
        }
    }

    @WebService(
            endpointInterface = "ReceiptServer$Receipts",
            targetNamespace = NAMESPACE,
            serviceName = "ReceiptService",
            portName = "ReceiptsPort")
    public static final class Bean implements Receipts {

        private final Set<String> sessions = new HashSet<>();
        private final List<Receipt> rows = new ArrayList<>();

        @Override
        public synchronized LoginResult login(String user, String password) {
            LoginResult result = new LoginResult();
            result.ret = user.equals("songda") && password.equals("stand-in") ? "0" : "1003";
            result.sessionId = result.ret.equals("0") ? UUID.randomUUID().toString() : null;
            sessions.add(result.sessionId);
            return result;
        }

        @Override
        public synchronized PageAnswer queryReceipt(String session, PageQuestion asked) throws NotLoggedIn {
            if (!sessions.contains(session)) {
                throw new NotLoggedIn();
            }
            PageAnswer answer = new PageAnswer();
            answer.result.ret = "0";
            answer.result.msg = "成功";
            answer.result.total = rows.size();
            answer.result.pageNo = asked.pageNo;
            int begin = Math.min(rows.size(), (asked.pageNo - 1) * asked.pageSize);
            answer.result.rows.addAll(rows.subList(begin, Math.min(rows.size(), begin + asked.pageSize)));
            return answer;
        }

        synchronized void told(String line) {
            String[] said = line.split("\t", -1);
            if (said[0].equals("end-sessions")) {
                sessions.clear();
                return;
            }
            Receipt receipt = new Receipt();
            receipt.mail_num = said[1];
            receipt.receipt_sts = said[2];
            receipt.signer_name = said[3];
            receipt.op_time = said[4];
            receipt.serialnumber = said[5];
            receipt.receipt_mail_num = "1103311486731";
            receipt.sign_sts_code = "W";
            receipt.effect = "1";
            rows.add(receipt);
        }
    }

    private ReceiptServer() {}

    public static void main(String[] args) throws Exception {
        Bean bean = new Bean();
        Tomcat tomcat = tomcat(bean, Path.of(args[0]).toUri().toString());
        System.out.println(tomcat.getConnector().getLocalPort());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            bean.told(line);
            System.out.println("ok");
        }
        System.exit(0);
    }

    private static Tomcat tomcat(Bean bean, String wsdl) throws Exception {
        Path folder = Files.createTempDirectory("receipt-server");
        folder.toFile().deleteOnExit();
        Bus bus = BusFactory.newInstance().createBus();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        CXFNonSpringServlet servlet = new CXFNonSpringServlet();
        servlet.setBus(bus);
        Tomcat.addServlet(context, "cxf", servlet);
        context.addServletMappingDecoded("/services/*", "cxf");
        tomcat.getConnector();
        tomcat.start();
        JaxWsServerFactoryBean factory = new JaxWsServerFactoryBean();
        factory.setBus(bus);
        factory.setServiceBean(bean);
        factory.setAddress("/receipt");
        factory.setWsdlLocation(wsdl);
        factory.setProperties(Map.of("schema-validation-enabled", "true"));
        factory.create();
        return tomcat;
    }
}
