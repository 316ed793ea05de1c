using MlNetRecurrent.Checks;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>All that can be set of a recurrent trainer. The options are copied and checked when the trainer is made.</summary>
public sealed class RecurrentOptions
{
    // Null where an option was not set, and the trainer chooses.
    private int? _numberOfEpochs, _batchSize, _earlyStoppingPatience;
    private float? _learningRate, _weightNoise, _rareTokenDropout, _labelSmoothing;
    private double? _validationFraction;

    /// <summary>
    /// The column of the labels; rows whose label is missing (NaN, key 0) are left out. Binary classification takes Boolean, Single (0 or 1) or keys of two values, of which the second is true; multiclass classification keys; a
    /// tagger a vector of keys; regression Single. A text loader reads empty cells as false or 0, unless its <c>MissingRealsAsNaNs</c> is set. Default: <c>Label</c>.
    /// </summary>
    public string LabelColumnName { get; set; } = "Label";

    /// <summary>
    /// The column of the sequences: a vector of <see cref="float"/>, which holds <c>F</c> features a step, one step after the other, or a vector of keys, which
    /// holds one token a step. Default: <c>Features</c>.
    /// </summary>
    public string FeatureColumnName { get; set; } = "Features";

    /// <summary>The column of the example weights, a <see cref="float"/> of at least 0; only their ratios matter. A row counts as often as it weighs, also for the scales of features and labels; one of weight 0 is left out. Default: <see langword="null"/>, all examples weigh the same.</summary>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>The recurrent layers, the one that reads the input first. Between 1 and 999. Default: one <see cref="LstmLayer"/> of 64 units.</summary>
    public IReadOnlyList<RecurrentLayer> Layers { get; set; } = [new LstmLayer(64)];

    /// <summary>The size of the vector that is learned for each token, where the feature column holds keys. Between 1 and 65536. Default: 64.</summary>
    public int EmbeddingSize { get; set; } = 64;

    /// <summary>How a sequence becomes one vector; not used by a tagger. Default: <see cref="SequencePooling.Automatic"/>.</summary>
    public SequencePooling Pooling { get; set; } = SequencePooling.Automatic;

    /// <summary>Whether the linear layer that makes the outputs has biases. Default: <see langword="true"/>.</summary>
    public bool HasOutputBias { get; set; } = true;

    /// <summary>
    /// The number of features of a step, <c>F</c>, where the type of the feature column does not say it: a plain <c>Vector&lt;Single&gt;</c>. Between 0 and 1048576. Default: 0, which takes it
    /// from the type (<c>Vector&lt;Single, T, F&gt;</c>), and else one feature a step.
    /// </summary>
    public int NumberOfFeatures { get; set; }

    /// <summary>
    /// Whether features are brought to mean 0 and deviation 1, each by itself over all steps of the training data. The figures are part of the model. A feature that is constant in the training data, up to the last
    /// bits of a <see cref="float"/>, is read as 0 from then on, and named in the log. Not used for tokens. Default: <see langword="true"/>.
    /// </summary>
    public bool NormalizeFeatures { get; set; } = true;

    /// <summary>
    /// Whether the features may hold the label. Otherwise the training ends with an <see cref="InvalidOperationException"/> where the label of a
    /// regression equals a feature of the last step, or a named slot, in all of the first thousand rows, or is an exact linear function of a slot
    /// of its own row: the network would learn to copy it. What may be meant, such as a class that the last step tells, is the warning
    /// <see cref="RecurrentWarning.LabelInFeatures"/>. Set it where the label is known wherever the model is used. Default: <see langword="false"/>.
    /// </summary>
    public bool AllowLabelInFeatures { get; set; }

    /// <summary>
    /// The name of a column to add that holds what the network knows of the sequence before its last, linear layer: the units of the last recurrent layer, pooled (a tagger: those of every step). Other trainers can learn
    /// on it. With <see cref="SequencePooling.LastMeanMax"/>, which <see cref="SequencePooling.Automatic"/> usually takes, it has three times as many
    /// numbers as the last layer has units; with the other poolings, as many. Default: <see langword="null"/>, no such column.
    /// </summary>
    public string? EncodingColumnName { get; set; }

    /// <summary>
    /// The name of a column to add that shows what the stacks of the last <see cref="StackLayer"/> do: <c>Vector&lt;Single, *, stacks, actions&gt;</c>, the probabilities of PUSH, POP and, where there is one, NO-OP
    /// of each stack at each step. That layer must be neither <see cref="RecurrentLayer.Bidirectional"/> nor join steps. Default: <see langword="null"/>, no such column.
    /// </summary>
    public string? StackActionsColumnName { get; set; }

    /// <summary>
    /// The number of sequences in a batch. Between 1 and 1048576. Default: 0, which cannot be set; the trainer chooses 32, or more for large data.
    /// </summary>
    public int BatchSize { get => _batchSize.GetValueOrDefault(); set => _batchSize = value; }

    /// <summary>
    /// The number of passes over the training data. At least 1. Default: 0, which cannot be set; the trainer chooses at least 20 epochs and
    /// 1500 updates of the weights, but no more work than takes a few dozen seconds on two cores, unless the data is large. Where tokens are rare
    /// (fewer than 20 of each, in the mean) it takes 8 epochs and 200 updates, for tags 12 and 300; on windows that overlap, of which none validates,
    /// 20 and 400.
    /// </summary>
    public int NumberOfEpochs { get => _numberOfEpochs.GetValueOrDefault(); set => _numberOfEpochs = value; }

    /// <summary>
    /// The learning rate, the largest of the <see cref="Schedule"/>. Above 0. Default: 0, which cannot be set; the trainer chooses 0.01 (values: 0.02) for Adam
    /// and one layer of up to 64 units, less for more layers and for wider ones, and a tenth of that to go on with a previous model.
    /// </summary>
    public float LearningRate { get => _learningRate.GetValueOrDefault(); set => _learningRate = value; }

    /// <summary>How the weights follow their gradients. Default: <see cref="RecurrentOptimizer.Adam"/>.</summary>
    public RecurrentOptimizer Optimizer { get; set; } = RecurrentOptimizer.Adam;

    /// <summary>How the learning rate changes in the course of the training. Default: <see cref="LearningRateSchedule.Automatic"/>.</summary>
    public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Automatic;

    /// <summary>
    /// Shrinks weights that the data does not support: <see cref="RecurrentOptimizer.AdamW"/> takes this part of each weight away at each step, times the learning rate; the other optimizers add it, times the weight,
    /// to the gradient. Between 0 and 1. Default: 0.
    /// </summary>
    public float WeightDecay { get; set; }

    /// <summary>The part of the previous step that <see cref="RecurrentOptimizer.Sgd"/> adds to the next (Polyak, 1964); not used by the other optimizers. At least 0 and below 1. Default: 0.9.</summary>
    public float Momentum { get; set; } = 0.9f;

    /// <summary>
    /// The largest norm of the gradient of a batch: a larger gradient is made shorter (Pascanu, Mikolov and Bengio, 2013). At least 0; 0 sets no limit. Default: 1.
    /// </summary>
    public float GradientClipNorm { get; set; } = 1;

    /// <summary>
    /// Whether all classes weigh the same in the training, however many examples each has: an example's weight is multiplied by N / (K Nₖ), where N is the weight of all examples, K the number of classes and Nₖ the weight of
    /// those of its class. A tagger balances the labels of the steps. The loss of the validation part is weighted likewise. Probabilities are then those of data where all classes are equally frequent, as far as <see cref="GradientClipNorm"/> lets them: it shortens the steps of batches that hold a heavy example. Where a class is rarer than one in a hundred, set it to 0, or take larger batches. Not for regression. Default: <see langword="false"/>.
    /// </summary>
    public bool BalanceClasses { get; set; }

    /// <summary>
    /// The deviation of the normally distributed noise that is added to all weights while the training looks at a batch, anew for each; it keeps networks from learning examples by heart (Graves, 2011; Chung et al., 2014,
    /// took 0.075). At least 0. Default: 0, where it is not set the trainer chooses it for all weights but embeddings, less the more rows there are, unless <see cref="NumberOfEpochs"/>, <see cref="LearningRate"/>, <see cref="Schedule"/> and <see cref="Pooling"/> (a tagger has none) are all set.
    /// </summary>
    public float WeightNoise { get => _weightNoise.GetValueOrDefault(); set => _weightNoise = value; }

    /// <summary>
    /// The part of the tokens that the training replaces by the unknown one (key 0), at random and anew in each epoch. The network then learns a vector for it, and relies less on single words (Iyyer et al., 2015). Where the dictionary has every word of the
    /// training data, as <c>MapValueToKey</c> makes it, no other unknown word occurs there, and 0 leaves that vector as it was at the beginning, which is small and random. Not used for numbers. At least 0 and below 1. Default: 0.
    /// </summary>
    public float TokenDropout { get; set; }

    /// <summary>
    /// How often the training replaces rare tokens by the unknown one (key 0), at random and anew in each epoch: one that occurs n times in the training
    /// data with probability α / (α + n), where α is this number. The network then learns a vector for unknown words from rare ones (Kiperwasser and
    /// Goldberg, 2016). Not used for numbers. At least 0. Default: 0, where it is not set the trainer chooses 0.25 for tokens, unless
    /// <see cref="NumberOfEpochs"/>, <see cref="LearningRate"/>, <see cref="Schedule"/> and <see cref="Pooling"/> (a tagger has none) are all set.
    /// </summary>
    public float RareTokenDropout { get => _rareTokenDropout.GetValueOrDefault(); set => _rareTokenDropout = value; }

    /// <summary>
    /// The part of the certainty of each label that is shared out among all classes in the training (Szegedy et al., 2016), which keeps probabilities from going to 0 and 1. The loss of the validation part is told without it. At
    /// least 0 and below 1. Not for regression. Default: 0, where it is not set the trainer chooses it for classes, less the more rows there are, unless <see cref="NumberOfEpochs"/>, <see cref="LearningRate"/>, <see cref="Schedule"/> and <see cref="Pooling"/> (a tagger has none) are all set.
    /// </summary>
    public float LabelSmoothing { get => _labelSmoothing.GetValueOrDefault(); set => _labelSmoothing = value; }

    /// <summary>
    /// The number of steps that gradients go back in time (truncated backpropagation through time; Williams and Peng, 1990), for long sequences, which then take less memory, and with some dozens of steps or more less time, to learn from. Longer ones are cut into windows of so many steps, counted from their ends; each
    /// window begins with the state at the end of the one before. A tagger learns from each window by itself, the other trainers from the last. It needs layers in one direction that neither join steps nor have stacks, and <see cref="SequencePooling.Last"/>. At least 0. Default: 0, gradients go back to the beginning.
    /// </summary>
    public int TruncatedBpttSteps { get; set; }

    /// <summary>
    /// The part of the rows that is set aside for validation: the network does not learn from them, and neither do the scales of features and labels. After each epoch their loss (weighted as in the training) and their metrics (which no weights change) are told, and the weights of the
    /// epoch with the smallest loss are the result. Rows are chosen at random, by <see cref="Seed"/>, the same share of each class as of
    /// all rows, unless <see cref="ValidateOnLastRows"/> is set: windows that overlap need it, since rows at random are mostly in the
    /// training part too. At least 0 and below 1. Default: 0, where it is not set the trainer chooses 0.1 for 300 rows and more (one label a text of rare words: 2000; values: 0.2 for 100 rows and more, 0.1 from 1000 on), unless <see cref="NumberOfEpochs"/>, <see cref="LearningRate"/>, <see cref="Schedule"/> and <see cref="Pooling"/> (a tagger has none) are all set, or windows overlap.
    /// </summary>
    public double ValidationFraction { get => _validationFraction.GetValueOrDefault(); set => _validationFraction = value; }

    /// <summary>Whether the last rows are set aside for validation, rather than rows at random: for data in the order of time. Where <see cref="ValidationFraction"/> is not set, the trainer chooses 0.1 for it, unless epochs, rate, schedule and pooling are all set. Default: <see langword="false"/>.</summary>
    public bool ValidateOnLastRows { get; set; }

    /// <summary>
    /// A scalar column, such as an entity, by which <see cref="ValidateOnLastRows"/> sets aside the last rows of each of its values, for
    /// series that stand one after the other. It needs <see cref="ValidateOnLastRows"/>.
    /// Default: <see langword="null"/>, the last rows of the data.
    /// </summary>
    public string? ValidationGroupColumnName { get; set; }

    /// <summary>
    /// The training ends after so many epochs, one after the other, that did not make the loss of the validation part smaller; it needs a <see cref="ValidationFraction"/> above 0, or one that the trainer chooses. If the trainer chooses the <see cref="Schedule"/>, the warm-up (the first three tenths of the epochs) does not count. At least 0, where 0 trains all epochs. Default: 0, where it is not set the trainer chooses half of the epochs, provided that it also chooses <see cref="NumberOfEpochs"/> and <see cref="ValidationFraction"/>.
    /// </summary>
    public int EarlyStoppingPatience { get => _earlyStoppingPatience.GetValueOrDefault(); set => _earlyStoppingPatience = value; }

    /// <summary>
    /// The size, in MiB, up to which data is read once and kept in memory. Larger data is streamed: read anew in each epoch and, where there is validation, once more for that, so that it must be the same each time, in the same order; other data is an error at the end of the epoch. At least 0; 0 streams all
    /// data. Default: 256.
    /// </summary>
    public int CacheMegabytes { get; set; } = 256;

    /// <summary>
    /// The number of rows that are shuffled together in an epoch, one such pool after the other in the order of the data; it is rounded up to whole batches. With the same pool, streamed data gives the same model as data that is kept. At least 0.
    /// Default: 0, all rows where data is kept in memory, and as many as take 64 MiB where it is streamed. Rows that are streamed should not be sorted by their labels.
    /// </summary>
    public int ShufflePoolSize { get; set; }

    /// <summary>The number of threads that train. Between 0 and 1024; 0 takes all cores. The result does not depend on it. Default: 0.</summary>
    public int NumberOfThreads { get; set; }

    /// <summary>
    /// The seed of all that is random: the first weights, the order of the examples. The same seed and data give the same model, whatever the
    /// number of threads and the width of vectors; a processor without fused multiply-add rounds otherwise, so that it may give another. Layers of 512 units or more begin with other weights
    /// than in earlier versions. Default: <see langword="null"/>, a seed drawn from the
    /// random numbers of the <see cref="Microsoft.ML.MLContext"/>, which depend on what was made with the context before.
    /// </summary>
    public int? Seed { get; set; }

    /// <summary>
    /// Told where the training stands, on the thread that trains, several times a second and at the end of each epoch. Default: <see langword="null"/>; the log of the
    /// <see cref="Microsoft.ML.MLContext"/> has a line an epoch in any case.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; set; }

    /// <summary>Ends the training within one batch (and the reading of the data within some rows): with an <see cref="OperationCanceledException"/>, or as <see cref="KeepModelWhenCancelled"/> says. Default: none.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>
    /// Whether a training that is cancelled returns what it has learned so far: the weights of the best epoch where <see cref="ValidationFraction"/> is above 0 and an epoch is done, otherwise those of the last batch. Before the first batch it throws in any case. Default: <see langword="false"/>, it throws an <see cref="OperationCanceledException"/>.
    /// </summary>
    public bool KeepModelWhenCancelled { get; set; }

    /// <summary>
    /// A file that the training is kept in while it runs and when it is cancelled, so that nothing is lost where it ends before its time: a trainer with the same options that fits the same data goes on from the file, and ends with the same model, bit for bit, as
    /// if it had never been interrupted. The number of threads may be another, <see cref="EarlyStoppingPatience"/> may be larger, and,
    /// where the schedule does not depend on it, <see cref="NumberOfEpochs"/> too. The file is replaced as a whole, and stays when the
    /// training is done. Whether it can be written is tried at the start; where it no longer can in the course of the training, the log has
    /// a warning. While the training runs, two more files stand beside it, whose names begin with <c>.MlNetRecurrent-</c>; no other file is
    /// touched.
    /// It must be a regular file, a link to one, or not be there yet; an empty file, a pipe or a device is refused. Each training needs a
    /// file of its own, so that it is not for cross-validation. Where <see cref="Seed"/> is
    /// <see langword="null"/>, it is taken from the file. Its folder must exist, and a relative path is one of the current folder when the trainer is made. Default: <see langword="null"/>, no file.
    /// </summary>
    public string? CheckpointPath { get; set; }

    /// <summary>The least time between two writings of <see cref="CheckpointPath"/>, which then may come within an epoch. At least zero. Default: zero, it is written after every epoch.</summary>
    public TimeSpan CheckpointInterval { get; set; }

    /// <summary>
    /// Whether a warning ends the training with an <see cref="InvalidOperationException"/>, unless <see cref="IgnoredWarnings"/> has its kind. Default: <see langword="false"/>, warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>, to whose event <c>Log</c> a program must listen to see them.
    /// </summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are not written to the log, nor errors. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    /// <summary>Whether the number of epochs was set.</summary>
    internal bool HasNumberOfEpochs => _numberOfEpochs is not null;

    /// <summary>Whether the learning rate was set.</summary>
    internal bool HasLearningRate => _learningRate is not null;

    /// <summary>Whether the size of a batch was set.</summary>
    internal bool HasBatchSize => _batchSize is not null;

    /// <summary>Whether the noise of the weights was set.</summary>
    internal bool HasWeightNoise => _weightNoise is not null;

    /// <summary>Whether the dropout of rare tokens was set.</summary>
    internal bool HasRareTokenDropout => _rareTokenDropout is not null;

    /// <summary>Whether the patience was set.</summary>
    internal bool HasEarlyStoppingPatience => _earlyStoppingPatience is not null;

    /// <summary>Whether the label smoothing was set.</summary>
    internal bool HasLabelSmoothing => _labelSmoothing is not null;

    /// <summary>Whether the validation part was set.</summary>
    internal bool HasValidationFraction => _validationFraction is not null;

    internal WarningPolicy Warnings => new(TreatWarningsAsErrors, IgnoredWarnings);

    internal RecurrentOptions Copy()
    {
        var copy = (RecurrentOptions)MemberwiseClone();
        copy.Layers = Layers is null ? null! : [.. Layers];
        copy.IgnoredWarnings = IgnoredWarnings is null ? null! : [.. IgnoredWarnings];
        return copy;
    }

    /// <summary>Throws where an option is out of its range.</summary>
    /// <param name="task">What the trainer predicts.</param>
    internal void Validate(RecurrentTask task)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(LabelColumnName);
        ArgumentException.ThrowIfNullOrWhiteSpace(FeatureColumnName);
        if (ExampleWeightColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(ExampleWeightColumnName);
        if (EncodingColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(EncodingColumnName);
        if (StackActionsColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(StackActionsColumnName);
        if (ValidationGroupColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(ValidationGroupColumnName);
        bool isUsed = ValidationGroupColumnName is null || ValidateOnLastRows;
        OptionCheck.That(isUsed, nameof(ValidationGroupColumnName), ValidationGroupColumnName, $"null without {nameof(ValidateOnLastRows)}");
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        ArgumentNullException.ThrowIfNull(Layers);
        OptionCheck.That(Layers.Count is > 0 and <= NetworkDefinition.MostLayers, nameof(Layers), Layers.Count, "a list of 1 to 999 layers");
        for (int i = 0; i < Layers.Count; i++)
            (Layers[i] ?? throw new ArgumentNullException($"{nameof(Layers)}[{i}]")).Validate($"{nameof(Layers)}[{i}]", task.EveryStep);
        bool hasStacks = Layers.Any(layer => layer is StackLayer { Bidirectional: false, TimeReduction: 1 });
        OptionCheck.That(StackActionsColumnName is null || hasStacks, nameof(StackActionsColumnName), StackActionsColumnName, $"null where no layer is a {nameof(StackLayer)} in one direction that joins no steps");
        OptionCheck.That(!BalanceClasses || task.HasClasses, nameof(BalanceClasses), BalanceClasses, "false where labels are values, not classes");
        OptionCheck.That(EmbeddingSize is >= 1 and <= 1 << 16, nameof(EmbeddingSize), EmbeddingSize, "between 1 and 65536");
        OptionCheck.That(Enum.IsDefined(Pooling), nameof(Pooling), Pooling, "Last, Mean, Max, LastMeanMax or Automatic");
        OptionCheck.That(NumberOfFeatures is >= 0 and <= 1 << 20, nameof(NumberOfFeatures), NumberOfFeatures, "between 0 and 1048576");
        OptionCheck.That(_batchSize is null or (>= 1 and <= 1 << 20), nameof(BatchSize), BatchSize, "between 1 and 1048576");
        OptionCheck.That(_numberOfEpochs is null or >= 1, nameof(NumberOfEpochs), NumberOfEpochs, "at least 1");
        OptionCheck.That(NumberOfThreads is >= 0 and <= 1024, nameof(NumberOfThreads), NumberOfThreads, "between 0 and 1024, where 0 takes all cores");
        OptionCheck.That(_learningRate is null || (float.IsFinite(LearningRate) && LearningRate > 0), nameof(LearningRate), LearningRate, "a finite number above 0");
        OptionCheck.That(Enum.IsDefined(Optimizer), nameof(Optimizer), Optimizer, "Adam, AdamW, RmsProp or Sgd");
        OptionCheck.That(Enum.IsDefined(Schedule), nameof(Schedule), Schedule, "Constant, Cosine, OneCycle, HalveOnPlateau or Automatic");
        OptionCheck.That(float.IsFinite(WeightNoise) && WeightNoise >= 0, nameof(WeightNoise), WeightNoise, "a finite number of at least 0");
        bool canBeCut = (task.EveryStep || Pooling is SequencePooling.Last or SequencePooling.Automatic) && Layers.All(layer => layer is { Bidirectional: false, TimeReduction: 1 } and not StackLayer);
        OptionCheck.That(TruncatedBpttSteps >= 0, nameof(TruncatedBpttSteps), TruncatedBpttSteps, "at least 0, where 0 lets gradients go back to the beginning");
        OptionCheck.That(TruncatedBpttSteps == 0 || canBeCut, nameof(TruncatedBpttSteps), TruncatedBpttSteps, $"0 where {nameof(Pooling)} is not Last, or a layer works in both directions, joins steps, or has stacks");
        OptionCheck.That(TokenDropout is >= 0 and < 1, nameof(TokenDropout), TokenDropout, "at least 0 and below 1");
        OptionCheck.That(float.IsFinite(RareTokenDropout) && RareTokenDropout >= 0, nameof(RareTokenDropout), RareTokenDropout, "a finite number of at least 0");
        OptionCheck.That(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "at least 0 and below 1");
        OptionCheck.That(LabelSmoothing == 0 || task.HasClasses, nameof(LabelSmoothing), LabelSmoothing, "0 where labels are values, not classes");
        OptionCheck.That(ValidationFraction is >= 0 and < 1, nameof(ValidationFraction), ValidationFraction, "at least 0 and below 1");
        OptionCheck.That(EarlyStoppingPatience >= 0, nameof(EarlyStoppingPatience), EarlyStoppingPatience, "at least 0, where 0 trains all epochs");
        OptionCheck.That(EarlyStoppingPatience == 0 || ValidationFraction > 0 || _validationFraction is null, nameof(EarlyStoppingPatience), EarlyStoppingPatience, $"0 where {nameof(ValidationFraction)} is set to 0: nothing tells when to stop; leave that one unset to validate on data of its own");
        OptionCheck.That(CacheMegabytes >= 0, nameof(CacheMegabytes), CacheMegabytes, "at least 0, where 0 streams all data");
        OptionCheck.That(ShufflePoolSize >= 0, nameof(ShufflePoolSize), ShufflePoolSize, "at least 0, where 0 leaves the choice to the trainer");
        OptionCheck.That(CheckpointInterval >= TimeSpan.Zero, nameof(CheckpointInterval), CheckpointInterval, "at least zero, where zero writes after every epoch");
        if (CheckpointPath is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(CheckpointPath);
        OptionCheck.That(WeightDecay is >= 0 and <= 1, nameof(WeightDecay), WeightDecay, "between 0 and 1");
        OptionCheck.That(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "at least 0 and below 1");
        OptionCheck.That(float.IsFinite(GradientClipNorm) && GradientClipNorm >= 0, nameof(GradientClipNorm), GradientClipNorm, "a finite number of at least 0, where 0 sets no limit");
    }
}
