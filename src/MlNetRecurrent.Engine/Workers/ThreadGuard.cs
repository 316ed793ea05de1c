namespace MlNetRecurrent.Engine.Workers;

/// <summary>
/// Admits one thread at a time to code that is not thread-safe: kernels write to buffers without bounds checks. Threads may follow one
/// another, and a thread may enter again while it is inside. It costs two interlocked operations.
/// </summary>
internal sealed class ThreadGuard
{
    /// <summary>
    /// Marks that another thread tried to enter, so that the thread inside knows that its values may be those of the other.
    /// </summary>
    private const int Disturbed = int.MinValue;

    /// <summary>The thread inside, or 0.</summary>
    private int _thread;

    /// <summary>The error where several threads use one object at once.</summary>
    public static InvalidOperationException SharedByThreads() => new(
        "Several threads use one PredictionEngine, row or cursor at the same time, so that its values may be of another row. "
        + "Use one for each thread, for example from a PredictionEnginePool; the model itself may be shared.");

    /// <summary>Takes the object for the current thread.</summary>
    /// <returns>Whether the thread has to <see cref="Leave"/>: not where it was inside already.</returns>
    /// <exception cref="InvalidOperationException">Another thread is inside.</exception>
    public bool Enter()
    {
        int me = Environment.CurrentManagedThreadId;
        int found = Interlocked.CompareExchange(ref _thread, me, 0);
        if (found == 0)
            return true;
        if ((found & ~Disturbed) == me)
            return false;
        Interlocked.CompareExchange(ref _thread, found | Disturbed, found);
        throw SharedByThreads();
    }

    /// <summary>Releases the object.</summary>
    /// <exception cref="InvalidOperationException">Another thread tried to enter meanwhile.</exception>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _thread, 0) < 0)
            throw SharedByThreads();
    }
}
