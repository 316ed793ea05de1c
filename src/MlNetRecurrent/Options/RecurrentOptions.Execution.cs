namespace MlNetRecurrent;

/// <content>Memory for the data.</content>
public sealed partial class RecurrentOptions
{
    /// <summary>
    /// The maximum size, in MiB, of data that is read once and kept in memory. Larger data is streamed. At least 0; 0 streams all data.
    /// Default: 256.
    /// </summary>
    /// <remarks>
    /// Streamed data is read again in each epoch and, with validation, once more per epoch. It must give the same rows in the same order
    /// each time; otherwise training stops with an error at the end of the epoch.
    /// </remarks>
    public int CacheMegabytes { get; set; } = 256;

    /// <summary>
    /// The number of rows that are shuffled together in an epoch, rounded up to whole batches. At least 0. Default: 0, which means all rows
    /// if the data is kept in memory, and the rows that fit in 64 MiB if it is streamed.
    /// </summary>
    /// <remarks>
    /// Each pool is shuffled separately; pools keep the order of the data. Streamed data should therefore not be sorted by label. With the
    /// same pool size, streamed data gives the same model as data in memory.
    /// </remarks>
    public int ShufflePoolSize { get; set; }
}
