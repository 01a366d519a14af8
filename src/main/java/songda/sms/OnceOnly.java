package songda.sms;

import com.aliyun.tea.interceptor.InterceptorContext;
import com.aliyun.tea.interceptor.RuntimeOptionsInterceptor;
import com.aliyun.tea.okhttp.ClientHelper;
import com.aliyun.tea.utils.AttributeMap;
import java.net.URL;
import java.util.Map;
import okhttp3.OkHttpClient;

/**
 * The HTTP client below the provider's sends a request once more when a kept connection ends without an answer, and none of the
 * provider's settings reaches that; here it is switched off before the client is used. Nor does it go where an answer sends it.
 */
final class OnceOnly implements RuntimeOptionsInterceptor {

    private final String address;

    OnceOnly(String address) {
        this.address = address;
    }

    @Override
    public Map<String, Object> modifyRuntimeOptions(InterceptorContext context, AttributeMap attributes) {
        Map<String, Object> options = context.runtimeOptions();
        OkHttpClient made = client(options);
        if (made.retryOnConnectionFailure()) {
            OkHttpClient once = made.newBuilder()
                    .retryOnConnectionFailure(false)
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .build();
            ClientHelper.clients.replaceAll((key, client) -> client == made ? once : client);
        }
        return options;
    }

    private OkHttpClient client(Map<String, Object> options) {
        try {
            URL url = new URL(address);
            return ClientHelper.getOkHttpClient(url.getHost(), url.getPort(), options);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the provider's client has changed: its second try cannot be switched off", e);
        }
    }
}
