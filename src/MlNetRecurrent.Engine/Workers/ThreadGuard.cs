
namespace MlNetRecurrent.Engine.Workers;

/// <summary>
/// Lets one thread at a time use what is not thread-safe: kernels write to buffers without looking at their ends. Any thread may come after
/// another, and a thread may come again while it is inside. It costs two interlocked operations.
/// </summary>
internal sealed class ThreadGuard
{
    /// <summary>Marks that another thread came, so that the one inside knows that what it read may be of the other.</summary>
    private const int Disturbed = int.MinValue;

    /// <summary>The thread inside, or 0.</summary>
    private int _thread;

    /// <summary>The error where several threads use one object at once.</summary>
    public static InvalidOperationException SharedByThreads() => new(
        "Several threads use one PredictionEngine, row or cursor at the same time, so that its values may be of another row. "
        + "Use one for each thread, for example from a PredictionEnginePool; the model itself may be shared.");

    /// <summary>Takes the object for the current thread.</summary>
    /// <returns>Whether the thread has to <see cref="Leave"/>; it has not where it is inside already.</returns>
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

    /// <summary>Gives the object back.</summary>
    /// <exception cref="InvalidOperationException">Another thread came meanwhile.</exception>
    public void Leave()
    {
        if (Interlocked.Exchange(ref _thread, 0) < 0)
            throw SharedByThreads();
    }
}
