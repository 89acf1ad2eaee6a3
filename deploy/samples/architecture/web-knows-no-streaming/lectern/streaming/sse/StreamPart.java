package lectern.streaming.sse;

public class StreamPart {

}
