using System.Runtime.ExceptionServices;

namespace MlNetRecurrent.Engine.Workers;

/// <summary>
/// Threads that run one piece of work after another in parallel. Between pieces they spin for a moment, since the next comes soon, and then
/// sleep. The caller's thread is worker 0. Results must not depend on which worker did which part.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    /// <summary>Some microseconds of spinning, for a thread that is running elsewhere.</summary>
    private const int Spins = 200;

    /// <summary>How often a worker then yields its core to a thread that waits for one, before it sleeps.</summary>
    private const int Yields = 2000;

    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private Action<WorkSlice>? _work;
    private Exception? _failure;
    private volatile int _generation;
    private volatile int _running;
    private int _asleep;

    public WorkerTeam(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        _threads = new Thread[count - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int index = i + 1;
            _threads[i] = new Thread(() => Work(index)) { IsBackground = true, Name = $"MlNetRecurrent worker {index}" };
            _threads[i].Start();
        }
    }

    public int Count { get; }

    /// <summary>The number of workers that a batch of so many multiplications keeps busy. Each worker costs some microseconds.</summary>
    public static int CountFor(double multiplications, int most)
    {
        const double multiplicationsOfAWorker = 1 << 21;
        return (int)Math.Clamp(multiplications / multiplicationsOfAWorker, 1, most);
    }

    /// <summary>Runs the work, each worker its slice, and returns when all are done.</summary>
    public void Run(Action<WorkSlice> work)
    {
        if (Count == 1)
        {
            work(WorkSlice.Whole);
            return;
        }
        _failure = null;
        _work = work;
        _running = _threads.Length;
        NextGeneration();
        try
        {
            work(new(0, Count));
        }
        finally
        {
            for (int turn = 0; _running != 0; turn++)
                Pause(turn);
        }
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    public void Dispose()
    {
        _work = null;
        NextGeneration();
        foreach (Thread thread in _threads)
            thread.Join();
    }

    private void NextGeneration()
    {
        lock (_gate)
        {
            _generation++;
            if (_asleep > 0)
                Monitor.PulseAll(_gate);
        }
    }

    private void Work(int index)
    {
        for (int seen = 0; ;)
        {
            WaitForMore(seen);
            seen = _generation;
            if (_work is not { } work)
                return;
            try
            {
                work(new(index, Count));
            }
            catch (Exception e)
            {
                // The caller rethrows it.
                Interlocked.CompareExchange(ref _failure, e, null);
            }
            Interlocked.Decrement(ref _running);
        }
    }

    private static void Pause(int turn)
    {
        if (turn < Spins)
            Thread.SpinWait(8);
        else
            Thread.Yield();
    }

    private void WaitForMore(int seen)
    {
        for (int turn = 0; turn < Spins + Yields; turn++)
        {
            if (_generation != seen)
                return;
            Pause(turn);
        }
        lock (_gate)
        {
            _asleep++;
            while (_generation == seen)
                Monitor.Wait(_gate);
            _asleep--;
        }
    }
}
